"""Every distinction that a rule can draw, and one concrete case for each combination of classes."""

from dataclasses import fields, replace
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
