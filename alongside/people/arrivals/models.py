"""Files that arrive, and what is staged of them until whoever brought them is done."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable

STAGED = Keeping(rule="case", person="person")


class Stage(models.TextChoices):
    """How far a file has come."""

    WAITING = "waiting", "Waiting to be checked"
    REFUSED = "refused", "Cannot be read"
    CHECKED = "checked", "Checked, not brought in"
    TAKEN = "taken", "Brought in"
    DONE = "done", "Finished"


class Arrival(Editable):
    """One file that someone brought: where it stands, and how much of it was taken, as counts.

    Its bytes and everything staged of it are deleted when the person is done; the counts and the file's digest stay.
    """

    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    file_name = models.CharField(max_length=200)
    file_size = models.BigIntegerField()
    file_digest = models.CharField(max_length=64, help_text="SHA-256 of its bytes")
    stored_as = models.CharField(max_length=200, blank=True, help_text="Where its bytes are; empty once deleted")
    source = models.CharField(max_length=20, default="ndelius", help_text="System of record that it comes from")
    synthetic_mark = models.UUIDField(null=True, editable=False, help_text="Set only where all in it are invented")
    brought_by = models.UUIDField(null=True, help_text="The user; empty where it was brought by command")
    brought_by_name = models.CharField(max_length=120, blank=True)
    brought_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    work = models.UUIDField(null=True, help_text="The progress of what is being done with it, or was done last")
    refusal = models.TextField(blank=True, help_text="Why it could not be read or taken, and what to do")
    kind = models.CharField(max_length=10, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=20, blank=True)
    header_row = models.PositiveIntegerField(default=0)
    titles = models.JSONField(default=list, help_text="The header as it stands in the file")
    columns = ArrayField(models.CharField(max_length=40), default=list, help_text="Known columns that the file has")
    remarks = models.JSONField(default=list, help_text="What to know of how it was read")
    rows = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    noted = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0, help_text="People")
    changed = models.PositiveIntegerField(default=0, help_text="People")
    unchanged = models.PositiveIntegerField(default=0, help_text="People")
    unconfirmed = models.PositiveIntegerField(default=0, help_text="New cases that open to their officer alone")
    changes = models.JSONField(default=dict, help_text="Changes by field")

    classification = classed(
        plain="id version stage file_size file_digest stored_as source synthetic_mark brought_by brought_at checked_at"
        " taken_at done_at work kind encoding delimiter header_row columns rows faulty noted new changed unchanged"
        " unconfirmed changes",
        personal="file_name brought_by_name refusal titles remarks",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="staff_account")

    class Meta:
        indexes = [models.Index(fields=["-brought_at"], name="arrivals_newest_first")]


class StagedRow(Editable):
    """One row of a file as it was read and checked. Lives until whoever brought the file is done."""

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="+")
    row = models.PositiveIntegerField(help_text="Its number as a spreadsheet shows it")
    cells = models.TextField(help_text="Its cells as they were read, as JSON")
    faults = models.JSONField(default=list, help_text="Column and words of all that keeps it out")
    notes = models.JSONField(default=list, help_text="Column and words of what was left out or should be looked at")
    faulty = models.BooleanField(default=False)
    leads = models.BooleanField(default=False, help_text="The first sound row about its person")
    new = models.BooleanField(default=False, help_text="Its person is not here yet")
    person = models.UUIDField(null=True)
    person_digest = models.BinaryField(help_text="Of what all rows about one person must agree on")
    crn = models.CharField(max_length=8, blank=True)
    prison_number = models.CharField(max_length=7, blank=True)
    pnc = models.CharField(max_length=13, blank=True)
    cro = models.CharField(max_length=13, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    given_names = models.CharField(max_length=201, blank=True)
    known_as = models.CharField(max_length=100, blank=True)
    search_name = models.TextField(blank=True)
    date_of_birth = models.DateField(null=True)
    date_of_death = models.DateField(null=True)
    sex = models.CharField(max_length=120, blank=True)
    ethnicity = models.CharField(max_length=120, blank=True)
    preferred_language = models.CharField(max_length=120, blank=True)
    interpreter_needed = models.BooleanField(null=True)
    home_area = models.CharField(max_length=8, blank=True)
    team = models.UUIDField(null=True)
    member = models.UUIDField(null=True)
    allocated_on = models.DateField(null=True)
    order_reference = models.CharField(max_length=40, blank=True)
    order_type = models.CharField(max_length=120, blank=True)
    court = models.CharField(max_length=120, blank=True)
    order_from = models.DateField(null=True)
    order_until = models.DateField(null=True)
    order_ended = models.DateField(null=True)
    requirements = models.JSONField(null=True)
    markers = models.JSONField(null=True)
    checks = models.JSONField(null=True)
    exclusions = models.JSONField(null=True)
    restriction = models.JSONField(null=True)
    access_checked = models.BooleanField(default=False)

    classification = classed(
        plain="id version arrival row faulty leads new person person_digest team member allocated_on interpreter_needed"
        " access_checked",
        personal="crn prison_number pnc cro family_name given_names known_as search_name date_of_birth date_of_death"
        " sex preferred_language home_area order_reference order_type court order_from order_until order_ended"
        " requirements checks",
        sensitive="cells faults notes ethnicity markers exclusions restriction",
    )
    keeping: ClassVar[Keeping] = STAGED

    class Meta:
        indexes = [
            models.Index(fields=["arrival", "row"], name="arrivals_staged_row"),
            models.Index(fields=["arrival", "crn"], name="arrivals_staged_crn"),
            models.Index(fields=["arrival", "row"], condition=models.Q(faulty=True), name="arrivals_staged_faulty"),
            models.Index(fields=["arrival", "row"], condition=~models.Q(notes=[]), name="arrivals_staged_noted"),
        ]


class StagedChange(Editable):
    """One thing that a file changes about someone who is here already: before and after, in words.

    `closed` marks cases that limited access closes: their values are never shown to whoever brought the file.
    """

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="+")
    row = models.PositiveIntegerField()
    person = models.UUIDField()
    crn = models.CharField(max_length=8)
    field = models.CharField(max_length=40)
    item = models.CharField(max_length=200, blank=True, help_text="Which order, requirement or registration")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    closed = models.BooleanField(default=False)

    classification = classed(
        plain="id version arrival row person field closed", personal="crn", sensitive="item before after"
    )
    keeping: ClassVar[Keeping] = STAGED

    class Meta:
        indexes = [
            models.Index(fields=["arrival", "field", "row"], name="arrivals_change_by_field"),
            models.Index(fields=["arrival", "person"], name="arrivals_change_by_person"),
        ]
