"""The family map of a story, and the exercises that were done with it."""

from datetime import timedelta
from typing import Any

from alongside.people.maps.actions import ElementChange, change_map, say_still_right
from alongside.people.maps.changes import Relation, add_relative, new_key
from alongside.people.maps.closeness import Run, Token
from alongside.people.maps.elements import to_data
from alongside.people.maps.exercises.parts import Asked, HelpArea, HowOften, Support, ValueOfFamily
from alongside.people.maps.exercises.writing import put_run, put_system, set_next_step
from alongside.people.maps.lifemap import Lane, LifeEvent
from alongside.people.maps.members import beginning, draw
from alongside.people.maps.models import ElementKind
from alongside.people.maps.network import LifeSystem, Tie
from alongside.people.maps.observations.actions import VisitFacts, expect, say_seen
from alongside.people.maps.queries import latest_version, map_at
from alongside.people.maps.reviews import review_of, review_sooner
from alongside.people.maps.vocabulary import Flow, PartialDate, SystemKind, TieStrength
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling

RINGS = {"closest": 0.12, "close": 0.3, "between": 0.5, "further": 0.7, "far": 0.9}
CORNERS = ((0.0, -1.0), (0.87, -0.5), (-0.87, 0.5), (0.87, 0.5), (-0.87, -0.5), (0.0, 1.0))


def tell(telling: Telling) -> None:
    """Everybody named on the map, then what the file tells of this story."""
    _place_everybody(telling)
    told: dict[str, Any] = told_by("maps").get(telling.story.number, {})
    for label, of, relation in told.get("also", ()):
        _add(telling, label=label, of=of, relation=Relation(relation))
    for facts in told.get("community", ()):
        _community(telling, facts)
    _parts(telling, told)
    for buttons in told.get("buttons", ()):
        _buttons(telling, buttons)
    if step := told.get("step"):
        set_next_step(by=telling.by, person=telling.person, step=step, by_when=telling.today + timedelta(days=7))
    if told.get("still_right"):
        say_still_right(by=telling.by, person=telling.person, together=True)
    if (days := told.get("review_in")) is not None and (review := review_of(telling.person)):
        day = telling.today + timedelta(days=days)
        review_sooner(by=telling.by, person=telling.person, review=review, seen_version=review.version, on=day)
    for visit in told.get("visits", ()):
        _visit(telling, visit)


def _place_everybody(telling: Telling) -> None:
    view = map_at(telling.person.pk)
    changes, members = beginning(telling.person, view, named=True)
    draw(
        by=telling.by,
        person=telling.person,
        view=view,
        seen_version=view.version,
        changes=changes,
        together=True,
        members=members,
    )


def _key_of(telling: Telling, label: str) -> str:
    people = map_at(telling.person.pk).network.people
    return next(person.id for person in people if person.label == label)


def _add(telling: Telling, *, label: str, of: str, relation: Relation) -> None:
    view = map_at(telling.person.pk)
    changes = add_relative(view.network, of=_key_of(telling, of), relation=relation, label=label)
    draw(by=telling.by, person=telling.person, view=view, seen_version=view.version, changes=changes, together=True)


def _community(telling: Telling, facts: dict[str, Any]) -> None:
    system = LifeSystem(new_key(), facts["label"], SystemKind(facts["kind"]))
    tie = Tie(
        id=new_key(),
        system=system.id,
        strength=TieStrength(facts.get("strength", "ordinary")),
        stressful=facts.get("stressful", False),
        flow=Flow(facts.get("flow", "none")),
    )
    put_system(
        by=telling.by,
        person=telling.person,
        seen_version=latest_version(telling.person.pk),
        system=system,
        tie=tie,
    )


def _parts(telling: Telling, told: dict[str, Any]) -> None:
    parts: list[tuple[ElementKind, Any]] = [
        *((ElementKind.EVENT, _event(facts)) for facts in told.get("life", ())),
        *((ElementKind.SUPPORT, _support(telling, facts)) for facts in told.get("supporters", ())),
    ]
    if value := told.get("value"):
        answers = tuple(f"{name}={answer}" for name, answer in value["answers"].items())
        day = PartialDate(telling.today.year, telling.today.month, telling.today.day)
        parts.append((ElementKind.VALUE, ValueOfFamily(new_key(), day, answers, value.get("words", ""))))
    if parts:
        change_map(
            by=telling.by,
            person=telling.person,
            seen_version=latest_version(telling.person.pk),
            changes=[ElementChange(part.id, kind, to_data(part)) for kind, part in parts],
            summary="Life map and supporters",
            together=True,
        )


def _event(facts: dict[str, Any]) -> LifeEvent:
    end = facts.get("until")
    return LifeEvent(
        id=new_key(),
        lane=Lane(facts["lane"]),
        label=facts["label"],
        begin=PartialDate(facts["year"], facts.get("month")),
        end=PartialDate(end) if isinstance(end, int) else None,
        ongoing=end == "now",
        hidden=facts.get("hidden", False),
    )


def _support(telling: Telling, facts: dict[str, Any]) -> Support:
    return Support(
        id=new_key(),
        who=_key_of(telling, facts["who"]),
        label=facts["who"],
        area=HelpArea(facts["area"]),
        often=HowOften(facts["often"]),
        knows=Asked(facts.get("knows", "not_asked")),
        agrees=Asked(facts.get("agrees", "not_asked")),
    )


def _buttons(telling: Telling, told: dict[str, Any]) -> None:
    day = telling.today - timedelta(days=told["days_ago"])
    tokens = []
    for place, (label, (ring, *reason)) in enumerate(told["placed"].items()):
        x, y = CORNERS[place % len(CORNERS)]
        distance = RINGS[ring]
        tokens.append(
            Token(
                person=_key_of(telling, label),
                label=label,
                x=round(x * distance, 3),
                y=round(y * distance, 3),
                reason=reason[0] if reason else "",
            )
        )
    run = Run(tuple(tokens), PartialDate(day.year, day.month, day.day), telling.person.called)
    put_run(by=telling.by, person=telling.person, seen_version=latest_version(telling.person.pk), run=run)


def _visit(telling: Telling, told: dict[str, Any]) -> None:
    """What was expected of a visit, and, where it has been, what was seen."""
    visit = VisitFacts(
        setting_id=f"observation_setting.{told['setting']}",
        happens_on=telling.today + timedelta(days=told.get("in_days", 0)),
        place=told.get("place", ""),
        present=(telling.person.pk, *(telling.member(name).pk for name in told["with"])),
    )
    facts: dict[str, Any] = {"by": telling.by, "person": telling.person, "visit": visit}
    row = expect(**facts, expected=told["expected"])
    if seen := told.get("seen"):
        say_seen(
            **facts, key=row.key, seen_number=1, seen=seen, outcome=told["outcome"], meaning=told.get("meaning", "")
        )
