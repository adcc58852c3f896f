"""What the person of a story permits and refuses, and what those around them say for themselves."""

from datetime import time, timedelta
from typing import Any

from alongside.foundation.content.queries import content
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.actions import (
    Answer,
    SafeProfile,
    keep_private,
    keep_safe_contact,
    note_answer,
    pause,
    refuse,
    take_permission,
)
from alongside.safety.permissions.drafts import Draft
from alongside.safety.permissions.rules import Advocate, Direction, Voicemail, Willing
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling

IN_PERSON = "permission_taken_how.PERSON"


def tell(telling: Telling) -> None:
    """What is kept from whom first, then what is permitted, then what closes it."""
    told: dict[str, Any] = told_by("permissions").get(telling.story.number, {})
    members = {member.given_name: member for member in FamilyMember.objects.filter(person=telling.person)}
    for name, facts in told.get("private", {}).items():
        words = facts.get("words", "")
        keep_private(by=telling.by, member=members[name], topics=facts["topics"], words=words)
    for facts in told.get("permits", ()):
        take_permission(by=telling.by, member=members[facts["who"]], draft=_draft(telling, facts))
    for name, state in told.get("answers", {}).items():
        note_answer(by=telling.by, member=members[name], answer=_answer(Willing(state)))
    for name, facts in told.get("safe", {}).items():
        keep_safe_contact(by=telling.by, member=members[name], profile=_profile(facts))
    for name in told.get("refuses", ()):
        refuse(by=telling.by, member=members[name])
    for name in told.get("pauses", ()):
        pause(by=telling.by, member=members[name])


def _draft(telling: Telling, facts: dict[str, Any]) -> Draft:
    company = facts.get("company", "")
    advocate = Advocate(facts.get("advocate", Advocate.NOT_NEEDED))
    return Draft(
        topics=frozenset(facts["topics"]),
        direction=Direction(facts.get("direction", Direction.BOTH)),
        channels=frozenset(facts.get("channels", ("face", "phone"))),
        starts_on=telling.today,
        ends_on=telling.today + timedelta(days=facts.get("days", 0)),
        how_id=IN_PERSON,
        alone=not company,
        pressed=False,
        understood=advocate is Advocate.NOT_NEEDED,
        advocate=advocate,
        company=company,
        where="At the office",
        support=facts.get("support", ""),
        missed_days=facts.get("missed_days"),
        words=facts.get("words", ""),
        today_only=facts.get("today", False),
    )


def _answer(state: Willing) -> Answer:
    if state is not Willing.AGREED:
        return Answer(state)
    statement = content("permissions.confidentiality", "en")
    return Answer(
        state, apart=True, statement=statement.version_id, language=statement.language, at_once=True, how_id=IN_PERSON
    )


def _profile(facts: dict[str, Any]) -> SafeProfile:
    return SafeProfile(
        days=facts.get("days", ()),
        from_time=time.fromisoformat(facts["from"]) if "from" in facts else None,
        until_time=time.fromisoformat(facts["until"]) if "until" in facts else None,
        never=facts.get("never", ()),
        voicemail=Voicemail(facts.get("voicemail", Voicemail.NOT_ASKED)),
        code_word=facts.get("code_word", ""),
    )
