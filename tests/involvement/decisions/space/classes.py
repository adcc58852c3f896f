"""In which class of every aspect a concrete case lies."""

from alongside.involvement.decisions.rules import (
    DEFAULT,
    Act,
    Facts,
    Question,
    Summary,
    Way,
)
from alongside.involvement.decisions.rules.stops import IMPLIED_TOPIC
from tests.involvement.decisions.space.aspects import ASPECTS, LEVELS, SAME_NAME, Case, Values


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
        "phone": _point(f, Way.PHONE) in ("safe", "unasked"),
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
