"""The space of decisions, abstracted: every distinction that a rule can draw, and one concrete case for each.

A rule reads a few attributes of the question, the facts and the policy. For each attribute there is an *aspect*: its
classes, and for each class a representative. `Space.of(rule)` is every combination of the classes that the rule reads;
`abstract` says in which class a concrete case lies. An answer is the gravest of what the rules say, each of which reads
its own few aspects, so that what holds of every rule over its own combinations, and of the maximum, holds of every
combination of all aspects: there is nothing else for an answer to depend on. The tests hold the code to each half of
that: rules read what is listed here, concrete cases decide as their classes do, and `decide` takes the gravest.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import product
from typing import Any

from alongside.foundation.access.roles import RoleCode
from alongside.involvement.decisions.rules import (
    DEFAULT,
    Act,
    Age,
    Agreement,
    Agrees,
    Check,
    Clash,
    Facts,
    Home,
    Identity,
    Judged,
    Leave,
    Place,
    Policy,
    Purpose,
    Question,
    Rule,
    Summary,
    Way,
)
from alongside.involvement.decisions.rules.stops import IMPLIED_TOPIC

Case = tuple[Question, Facts, Policy]
Values = dict[str, Any]

TIGHT = replace(DEFAULT, spent_budget_asks=True)
BOTH = (False, True)
CHECKS = tuple(Check)
LEVELS = (1, 2, 3, 4, 5)
"""Levels by what they suffice for: nothing takes level 1 or 6, so 0 is as 1 and 6 as 5."""

CAPS = (None, *LEVELS)

ASPECTS: dict[str, tuple[Any, ...]] = {
    "act": tuple(act for act in Act if act not in (Act.LISTEN, Act.GENERAL)),
    "in_remit": BOTH,
    "identity": tuple(Identity),
    "way": tuple(Way),
    "topic": ("", "appointments", "whereabouts", "progress", "offence", "not a topic"),
    "purpose": tuple(Purpose),
    "place": tuple(Place),
    "hour": (3, 12, 20),
    "named": BOTH,
    "member_died": BOTH,
    "person_died": BOTH,
    "supervised": BOTH,
    "told_of_record": BOTH,
    "point": ("none", "unsafe", "unasked", "safe"),
    "phone": BOTH,
    "age": tuple(Age),
    "abuse": CHECKS,
    "children": CHECKS,
    "orders": CHECKS,
    "access": CHECKS,
    "abuse_between": CHECKS,
    "leave": ("none", "covers", "other_topic", "other_direction", "other_way"),
    "private": BOTH,
    "never": BOTH,
    "agrees": tuple(Agrees),
    "safe_now": (None, False, True),
    "young_cap": CAPS,
    "clash": tuple(Clash),
    "judged": tuple(Judged),
    "summary": (Summary.ASSET, Summary.NOT_AT_PRESENT, Summary.UNSAFE),
    "level": LEVELS,
    "level_cap": CAPS,
    "has_conditions": BOTH,
    "enquiries": BOTH,
    "agreement": tuple(Agreement),
    "agreed_way": BOTH,
    "spent": BOTH,
    "budget_asks": BOTH,
    "adult_home": (None, False, True),
    "home_agreed": (None, False, True),
    "home_withdrawn": BOTH,
    "household_abuse": CHECKS,
    "household_children": CHECKS,
    "seen_alone": BOTH,
    "told": BOTH,
} | dict.fromkeys(
    (
        "abuse_near",
        "person_is_victim",
        "staff_safety",
        "seated_apart",
        "child_concern",
        "adult_concern",
        "exploitation",
        "control",
        "linked_stop",
        "under_review",
        "contact_forbidden",
        "home_forbidden",
        "children_forbidden",
        "conditions_unread",
        "refused",
        "pending_alone",
        "permission_suspended",
        "withdrawn",
        "contingent",
        "no_voicemail",
        "code_word_set",
        "heard_alone",
        "parent_consulted",
        "exception_approved",
        "cooling_off",
        "not_alone",
        "not_at_home",
        "no_calls",
        "speak_first",
        "victim",
        "contact_ended",
        "quiet_today",
    ),
    BOTH,
)

SAME_NAME = tuple(field.name for field in fields(Facts) if field.name in ASPECTS)

OF_ATTRIBUTE: dict[str, tuple[str, ...]] = {
    "question.act": ("act",),
    "question.role": ("in_remit", "act"),
    "question.identity": ("identity",),
    "question.way": ("way",),
    "question.topic": ("topic",),
    "question.purpose": ("purpose",),
    "question.place": ("place",),
    "question.hour": ("hour",),
    "facts.leaves": ("leave", "act", "topic", "way"),
    "facts.safe_ways": ("point", "phone", "way"),
    "facts.unasked_ways": ("point", "phone", "way"),
    "facts.unsafe_ways": ("point", "phone", "way"),
    "facts.private_topics": ("private", "act", "topic"),
    "facts.never_ways": ("never", "way"),
    "facts.agreed_ways": ("agreed_way", "way"),
    "facts.spent_ways": ("spent", "way"),
    "facts.conditions": ("has_conditions",),
    "facts.enquiries_open": ("enquiries",),
    "facts.home": (
        "adult_home",
        "home_agreed",
        "home_withdrawn",
        "household_abuse",
        "household_children",
        "seen_alone",
        "told",
    ),
    "policy.remits": ("in_remit", "act"),
    "policy.needs": ("act", "topic"),
    "policy.spent_budget_asks": ("budget_asks",),
    "policy.light_level": (),
    "policy.agreement_from": (),
    "policy.call_from": (),
    "policy.call_until": (),
    "policy.careful_topics": ("topic",),
} | {f"facts.{name}": (name,) for name in SAME_NAME}
"""Which aspects stand for an attribute. Of the policy one value differs: its data are the subject of other tests."""

CALM: Values = {
    "act": Act.CALL,
    "in_remit": True,
    "identity": Identity.CALLED_BACK,
    "way": Way.PHONE,
    "topic": "",
    "purpose": Purpose.GOAL,
    "place": Place.NOWHERE,
    "hour": 12,
    "named": True,
    "member_died": False,
    "person_died": False,
    "supervised": True,
    "told_of_record": True,
    "point": "safe",
    "phone": True,
    "age": Age.ADULT,
    "leave": "covers",
    "private": False,
    "never": False,
    "agrees": Agrees.AGREED,
    "safe_now": True,
    "young_cap": None,
    "clash": Clash.NONE,
    "judged": Judged.APPROVED,
    "summary": Summary.ASSET,
    "level": 5,
    "level_cap": None,
    "has_conditions": False,
    "enquiries": False,
    "agreement": Agreement.LIVE,
    "agreed_way": True,
    "spent": False,
    "budget_asks": False,
    "code_word_set": True,
    "adult_home": True,
    "home_agreed": True,
    "home_withdrawn": False,
    "household_abuse": Check.NONE_FOUND,
    "household_children": Check.NONE_FOUND,
    "seen_alone": True,
    "told": True,
    "heard_alone": True,
    "parent_consulted": True,
    "exception_approved": True,
} | dict.fromkeys(("abuse", "children", "orders", "access", "abuse_between"), Check.NONE_FOUND)
CALM |= {name: False for name in ASPECTS if name not in CALM}
"""The loosest class of every aspect: with these nothing speaks against anything."""


def concrete(values: Values, rule: Rule | None = None) -> Case:
    """One case that lies in these classes; aspects that are not given are calm, and the act one of the rule's."""
    v = CALM | values
    if rule is not None and v["act"] not in rule.acts:
        v["act"] = min(rule.acts)
    act, way, topic = v["act"], v["way"], v["topic"]
    question = Question(
        act=act,
        role=RoleCode.PRACTITIONER if v["in_remit"] else RoleCode.COMMISSIONER,
        identity=v["identity"],
        way=way,
        topic=topic,
        purpose=v["purpose"],
        place=v["place"],
        hour=v["hour"],
    )
    about = topic or IMPLIED_TOPIC.get(act, "") or "attendance"
    ways = {state: frozenset({way} if v["point"] == state else ()) for state in ("safe", "unasked", "unsafe")}
    if v["phone"] and way != Way.PHONE:
        ways["safe"] |= {Way.PHONE}
    facts = Facts(
        safe_ways=ways["safe"],
        unasked_ways=ways["unasked"],
        unsafe_ways=ways["unsafe"],
        leaves=_leaves(v["leave"], act, about, way),
        private_topics=frozenset({about} if v["private"] else ()),
        never_ways=frozenset({way} if v["never"] else ()),
        agreed_ways=frozenset({way} if v["agreed_way"] else ()),
        spent_ways=frozenset({way} if v["spent"] else ()),
        conditions=("Meet at the library.",) if v["has_conditions"] else (),
        enquiries_open=int(v["enquiries"]),
        home=Home(
            householder_adult=v["adult_home"],
            seen_alone=v["seen_alone"],
            told=v["told"],
            agreed=v["home_agreed"],
            withdrawn=v["home_withdrawn"],
            household_abuse=v["household_abuse"],
            household_children=v["household_children"],
        ),
        **{name: v[name] for name in SAME_NAME},
    )
    return question, facts, TIGHT if v["budget_asks"] else DEFAULT


def _leaves(kind: str, act: Act, about: str, way: Way) -> tuple[Leave, ...]:
    if kind == "none":
        return ()
    asking = act == Act.ASK
    other_way = Way.LETTER if way != Way.LETTER else Way.FACE
    return (
        Leave(
            topics=frozenset({"some other"} if kind == "other_topic" else {about}),
            to_them=asking if kind == "other_direction" else True,
            from_them=not asking if kind == "other_direction" else True,
            ways=frozenset({other_way} if kind == "other_way" else {way}),
        ),
    )


def abstract(case: Case) -> Values:
    """The classes in which a concrete case lies."""
    q, f, policy = case
    way, about = q.way, q.topic or IMPLIED_TOPIC.get(q.act, "")
    same = {name: getattr(f, name) for name in SAME_NAME}
    same |= {name: _level_class(same[name]) for name in ("level", "level_cap", "young_cap")}
    if f.summary not in ASPECTS["summary"]:
        same["summary"] = Summary.ASSET
    return same | {
        "act": q.act,
        "in_remit": q.act in policy.remits.get(q.role, ()),
        "identity": q.identity,
        "way": way,
        "topic": _topic_class(q.topic),
        "purpose": q.purpose,
        "place": q.place,
        "hour": 12 if policy.call_from <= q.hour < policy.call_until else 3,
        "point": _point(f, way),
        "phone": _point(f, Way.PHONE) != "none",
        "leave": _leave_class(q, f, about),
        "private": about in f.private_topics,
        "never": way in f.never_ways,
        "agreed_way": way in f.agreed_ways,
        "spent": way in f.spent_ways,
        "has_conditions": bool(f.conditions),
        "enquiries": f.enquiries_open > 0,
        "budget_asks": policy.spent_budget_asks,
        "adult_home": f.home.householder_adult,
        "home_agreed": f.home.agreed,
        "home_withdrawn": f.home.withdrawn,
        "household_abuse": f.home.household_abuse,
        "household_children": f.home.household_children,
        "seen_alone": f.home.seen_alone,
        "told": f.home.told,
    }


def _level_class(level: int | None) -> int | None:
    return None if level is None else min(max(level, LEVELS[0]), LEVELS[-1])


def _topic_class(topic: str) -> str:
    if not topic:
        return ""
    if topic not in DEFAULT.topic_levels:
        return "not a topic"
    if topic in DEFAULT.careful_topics:
        return "offence"
    return {2: "appointments", 3: "whereabouts", 4: "progress"}[DEFAULT.topic_levels[topic]]


def _point(f: Facts, way: str) -> str:
    if way in f.safe_ways:
        return "safe"
    if way in f.unasked_ways:
        return "unasked"
    return "unsafe" if way in f.unsafe_ways else "none"


def _leave_class(q: Question, f: Facts, about: str) -> str:
    if not f.leaves:
        return "none"
    for leave in f.leaves:
        direction = leave.from_them if q.act == Act.ASK else leave.to_them
        if direction and q.way in leave.ways and (not about or about in leave.topics):
            return "covers"
    return "other_way"


class Reads:
    """Stands in for a question, facts or a policy, and notes what a rule reads of it."""

    def __init__(self, name: str, real: Any, seen: set[str]) -> None:
        self._name, self._real, self._seen = name, real, seen

    def __getattr__(self, attribute: str) -> Any:
        self._seen.add(f"{self._name}.{attribute}")
        return getattr(self._real, attribute)

    def need(self, act: str, topic: str) -> int:
        """What `Policy.need` reads, noted."""
        self._seen.add(f"{self._name}.needs")
        return self._real.need(act, topic)


def read_by(rule: Rule, cases: list[Case]) -> set[str]:
    """The attributes that a rule reads in any of these cases."""
    seen: set[str] = set()
    for question, facts, policy in cases:
        rule.applies(
            Reads("question", question, seen),  # type: ignore[arg-type]
            Reads("facts", facts, seen),  # type: ignore[arg-type]
            Reads("policy", policy, seen),  # type: ignore[arg-type]
        )
    return seen


def aspects_of(attributes: set[str]) -> tuple[str, ...]:
    """The aspects that stand for attributes. The act chooses the rules; it counts where a rule reads it besides."""
    return tuple(sorted({aspect for attribute in attributes for aspect in OF_ATTRIBUTE[attribute]}))


def combinations(aspects: tuple[str, ...], rule: Rule | None = None) -> Iterator[Values]:
    """Every combination of the classes of some aspects that can be, of the acts to which a rule speaks."""
    choices = [
        tuple(act for act in ASPECTS["act"] if rule is None or act in rule.acts) if name == "act" else ASPECTS[name]
        for name in aspects
    ]
    for chosen in product(*choices):
        values = dict(zip(aspects, chosen, strict=True))
        if possible(values):
            yield values


def possible(values: Values) -> bool:
    """Whether classes can stand together: a phone on record is the same phone whichever way is asked about."""
    if values.get("way") == Way.PHONE and "point" in values and "phone" in values:
        return bool((values["point"] != "none") == values["phone"])
    if "leave" in values and values["leave"] == "other_topic":
        return bool(values.get("topic") or values.get("act") in IMPLIED_TOPIC)
    return True
