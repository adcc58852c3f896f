"""What a case page and a day are made of: every room writes its rows here, and pages read them once."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES
from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.foundation.work.links import address_of

RIGHTS = [(right.name, right.value) for right in Right]
OF_A_CASE = Keeping(rule="case", person="case")


class TimelineEntry(AppendOnly):
    """Something that happened on a case, in one line, for those who hold `right`."""

    case = models.UUIDField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=60, help_text="room.thing.verb")
    title = models.CharField(max_length=200, null=True)  # noqa: DJ001 - emptied is not the same as empty
    actor = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)
    subject = models.UUIDField(null=True, help_text="The row that it tells of")
    right = models.CharField(max_length=40, choices=RIGHTS)
    family_member = models.UUIDField(null=True)

    classification = classed(plain="id case at kind actor actor_name subject right family_member", personal="title")
    keeping: ClassVar[Keeping] = Keeping(
        rule="case", person="case", family_member="family_member", erasure=Erasure.EMPTY
    )

    class Meta:
        indexes = [models.Index(fields=["case", "-at", "id"], name="work_timeline_of_a_case")]

    @property
    def address(self) -> str:
        """Where the page is that tells more; empty where there is none."""
        return address_of(kind=self.kind, case_id=self.case, subject_id=self.subject)


class ToDo(Editable):
    """Something that someone has to do, by a day: one user's, or anyone's with a role in a team."""

    case = models.UUIDField(null=True)
    kind = models.CharField(max_length=60, help_text="room.thing.verb")
    subject = models.UUIDField(null=True, help_text="The row that it is about, so that it can be closed")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    right = models.CharField(max_length=40, choices=RIGHTS)
    for_user = models.UUIDField(null=True, help_text="Empty: whoever holds the case, or the role")
    for_role = models.CharField(max_length=20, blank=True, choices=[(r.code.value, r.label) for r in ROLES.values()])
    for_team = models.UUIDField(null=True, blank=True, help_text="With a role: only those who hold it for this team")
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.UUIDField(null=True, blank=True)
    family_member = models.UUIDField(null=True)
    urgent = models.BooleanField(default=False, help_text="It stands before everything that is not")
    by_hand = models.BooleanField(default=False, help_text="Whoever has done it says so; nothing else closes it")
    put_off_from = models.DateField(null=True, blank=True, help_text="The day on which it was due at first")
    put_off_reason = models.CharField(max_length=200, blank=True)

    classification = classed(
        plain="id version case kind subject due_on right for_user for_role for_team made_at done_at done_by"
        " family_member urgent by_hand put_off_from",
        personal="title put_off_reason",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="case", family_member="family_member")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "subject"],
                condition=Q(done_at__isnull=True),
                nulls_distinct=False,
                name="work_to_do_open_once",
            ),
            models.CheckConstraint(
                condition=Q(for_team__isnull=True) | ~Q(for_role=""), name="work_to_do_of_a_team_names_its_role"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "due_on"], condition=Q(done_at__isnull=True), name="work_to_do_of_a_case"),
            models.Index(fields=["for_user", "due_on"], condition=Q(done_at__isnull=True), name="work_to_do_of_a_user"),
            models.Index(fields=["for_role", "due_on"], condition=Q(done_at__isnull=True), name="work_to_do_of_a_role"),
            models.Index(
                fields=["for_team", "due_on"],
                condition=Q(done_at__isnull=True, for_team__isnull=False),
                name="work_to_do_of_a_team",
            ),
        ]

    @property
    def address(self) -> str:
        """Where the page is that tells more; empty where there is none."""
        return address_of(kind=self.kind, case_id=self.case, subject_id=self.subject)


class Card(Editable):
    """What one room has to say on a case page, or on the page of one family member of that case.

    A headline and a few lines, kept up to date by that room's actions.
    """

    case = models.UUIDField()
    family_member = models.UUIDField(null=True, blank=True, help_text="Where it stands on a family member's page")
    key = models.CharField(max_length=40, help_text="The room's name for its card")
    title = models.CharField(max_length=80)
    headline = models.CharField(max_length=160)
    lines = models.JSONField(default=list, help_text="Up to five short lines")
    order = models.PositiveSmallIntegerField()
    right = models.CharField(max_length=40, choices=RIGHTS)
    updated_at = models.DateTimeField(auto_now=True)

    classification = classed(
        plain="id version case family_member key title order right updated_at", personal="headline lines"
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="case", family_member="family_member")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "key", "family_member"], nulls_distinct=False, name="work_card_once"
            )
        ]

    @property
    def address(self) -> str:
        """Where the page is that tells more; empty where there is none."""
        return address_of(kind=f"card.{self.key}", case_id=self.case, subject_id=self.family_member)


class ApprovalState(models.TextChoices):
    """Where an approval stands."""

    WAITING = "waiting", "Waiting"
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Returned with a question"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn: something newer took its place"


class Approval(Editable):
    """Something that one person prepared and another has to approve. Nobody approves their own work."""

    case = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    title = models.CharField(max_length=200)
    right = models.CharField(max_length=40, choices=RIGHTS, help_text="What the approver must hold")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ApprovalState.choices, default=ApprovalState.WAITING)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    classification = classed(
        plain="id version case kind subject right asked_by asked_at due_on state decided_by decided_at",
        personal="title reason",
    )
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="work_approval_never_own_work",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(state="waiting"), name="work_approval_waits_once"
            ),
        ]

    @property
    def address(self) -> str:
        """Where the page is that tells more; empty where there is none."""
        return address_of(kind=self.kind, case_id=self.case, subject_id=self.subject)
