"""Goals in the person's own words, steps towards them, who may help with what, and when they were looked at again."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person


class GoalState(models.TextChoices):
    """Where a goal stands. All but the first are ends, each with the person's own reason."""

    WORKING = "working", "Working on it"
    FINISHED = "finished", "Finished"
    CHANGED = "changed", "Changed into another goal"
    LEFT = "left", "Left"


class Goal(Editable):
    """One thing that the person wants, in their words. `follows` is the goal that it grew out of."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    words = models.CharField(max_length=300, help_text="In the person's own words")
    why = models.CharField(max_length=500, blank=True, help_text="Why it matters to them")
    area = CodedForeignKey("goal_area")
    set_on = models.DateField(help_text="The day on which the person said so")
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=GoalState.choices, default=GoalState.WORKING)
    ended_on = models.DateField(null=True, blank=True)
    end_words = models.CharField(max_length=500, blank=True, help_text="What the person says about ending it")
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    classification = classed(
        plain="id version person area set_on made_at state ended_on follows", personal="words why end_words"
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="person")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=GoalState.WORKING, ended_on__isnull=True, end_words="")
                | (~Q(state=GoalState.WORKING) & Q(ended_on__isnull=False) & ~Q(end_words="")),
                name="goals_end_has_day_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("set_on")), name="goals_end_after_start"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="goals_have_words"),
        ]
        indexes = [models.Index(fields=["person", "state"], name="goals_of_a_person")]


class StepBy(models.TextChoices):
    """Who takes a step."""

    PERSON = "person", "The person"
    OFFICER = "officer", "Their officer"
    HELPER = "helper", "A family member"
    TOGETHER = "together", "Together"


class Step(Editable):
    """One thing to do next towards a goal, and by whom. `helper` is set where a family member takes it."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    words = models.CharField(max_length=200)
    who = models.CharField(max_length=8, choices=StepBy.choices, default=StepBy.PERSON)
    helper = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
    by_when = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    done_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)

    classification = classed(plain="id version goal who helper by_when made_at done_on dropped_on", personal="words")
    keeping: ClassVar[Keeping] = Keeping(rule="family_member", person="goal__person", family_member="helper")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(who=StepBy.HELPER, helper__isnull=False) | (~Q(who=StepBy.HELPER) & Q(helper__isnull=True)),
                name="goals_step_of_a_helper_names_them",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True), name="goals_step_done_or_dropped"
            ),
        ]


class HelperSays(models.TextChoices):
    """Whether the family member has said that they will. Nobody is counted on who has not been asked."""

    NOT_ASKED = "not_asked", "Not asked yet"
    YES = "yes", "Says yes"
    NO = "no", "Would rather not"


class Help(Editable):
    """What one family member may do to help with one goal, as the person wants it. Support, never enforcement."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    what = models.CharField(max_length=300)
    says = models.CharField(max_length=10, choices=HelperSays.choices, default=HelperSays.NOT_ASKED)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    classification = classed(plain="id version goal family_member says since ended_on", personal="what")
    keeping: ClassVar[Keeping] = Keeping(rule="family_member", person="goal__person", family_member="family_member")

    class Meta:
        verbose_name_plural = "help"
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "family_member"], condition=Q(ended_on__isnull=True), name="goals_help_once"
            )
        ]


class Going(models.TextChoices):
    """How a goal is going, as the person sees it."""

    WELL = "well", "Going well"
    SLOWLY = "slowly", "Slowly"
    STUCK = "stuck", "Stuck"
    NOT_YET = "not_yet", "Not begun"


class Review(Editable):
    """One time that one goal was looked at together: how it goes, in the person's words, and who was there."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    on = models.DateField()
    going = models.CharField(max_length=8, choices=Going.choices)
    words = models.CharField(max_length=500, blank=True)
    present = models.CharField(max_length=200, blank=True, help_text="Who was there beside the person and the officer")
    made_at = models.DateTimeField(auto_now_add=True)

    classification = classed(plain="id version goal on going made_at", personal="words present")
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="goal__person")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "on"], name="goals_review_once_a_day")]
