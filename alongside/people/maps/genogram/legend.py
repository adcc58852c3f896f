"""The legend: only the signs that a picture uses, each in plain words."""

from __future__ import annotations

from alongside.people.maps.genogram.scene import LegendItem, Scene

PARTNERSHIP_WORDS = {
    "marriage": "Married",
    "civil_partnership": "Civil partners",
    "living_together": "Living together",
    "relationship": "In a relationship",
    "engaged": "Engaged",
    "brief": "Brief relationship",
    "unknown": "Partners; kind not recorded",
    "co_parents": "Parents of a child; partnership not recorded",
}
STATUS_WORDS = {
    "separated": "Separated",
    "divorced": "Divorced",
    "annulled": "Annulled",
    "ended": "Relationship ended",
}
PARENT_WORDS = {
    "birth": "Child by birth",
    "second_parent": "Child of a second parent",
    "adoptive": "Adopted",
    "foster": "Fostered",
    "kinship": "Kinship care",
    "guardian": "Guardian",
    "step": "Stepchild",
    "donor": "Donor",
    "surrogate": "Surrogate",
    "unknown": "Child; kind not recorded",
}
QUALITY_WORDS = {
    "close": "Close",
    "fused": "Very close, hard to separate",
    "distant": "Distant",
    "conflict": "Conflict",
    "close_conflict": "Close, with conflict",
    "cut_off": "Cut off",
    "repaired": "Cut off, since repaired",
    "focused_on": "Focused on (arrow to whom)",
    "caretaker": "Takes care of (arrow to whom)",
    "harm_physical": "Physical harm (arrow to the person harmed)",
    "harm_emotional": "Emotional harm (arrow to the person harmed)",
    "harm_sexual": "Sexual harm (arrow to the person harmed)",
}
SHAPE_WORDS = {
    "circle": "Woman",
    "square": "Man",
    "diamond": "Non-binary or another gender",
    "hexagon": "Gender not known",
}
KIND_WORDS = {
    "pregnancy": "Pregnancy",
    "miscarriage": "Miscarriage",
    "termination": "Termination",
    "stillbirth": "Stillbirth",
}
SHORT_WORDS = {
    "m": "Married in",
    "cp": "Civil partners since",
    "lt": "Living together since",
    "rel": "In a relationship since",
    "e": "Engaged in",
    "s": "Separated in",
    "d": "Divorced in",
    "ann": "Annulled in",
    "to": "Until",
}


def legend_for(scene: Scene) -> tuple[LegendItem, ...]:
    """Every sign in the scene, in a fixed order."""
    return (*_people(scene), *_couples(scene), *_children(scene), *_others(scene), *_short(scene))


def _people(scene: Scene) -> list[LegendItem]:
    shapes = {n.shape for n in scene.nodes if n.kind in ("person", "stillbirth")}
    kinds = {n.kind for n in scene.nodes}
    items = [LegendItem(f"shape:{key}", words) for key, words in SHAPE_WORDS.items() if key in shapes]
    if any(n.index for n in scene.nodes):
        items.append(LegendItem("person:index", "The person this map is about"))
    if any(n.dead for n in scene.nodes):
        items.append(LegendItem("person:dead", "Has died"))
    if any(n.inner.isdigit() for n in scene.nodes):
        items.append(LegendItem("person:age", "Number in the symbol: age, or age at death"))
    items += [LegendItem(f"kind:{key}", words) for key, words in KIND_WORDS.items() if key in kinds]
    if any(n.outside for n in scene.nodes):
        items.append(LegendItem("person:outside", "Friend or professional"))
    if any(n.is_copy for n in scene.nodes):
        items.append(LegendItem("person:copy", "Drawn twice: same number, same person"))
    return items


def _couples(scene: Scene) -> list[LegendItem]:
    kinds = {p.kind for p in scene.partnerships}
    statuses = {p.status for p in scene.partnerships}
    items = [LegendItem(f"couple:{key}", words) for key, words in PARTNERSHIP_WORDS.items() if key in kinds]
    items += [LegendItem(f"status:{key}", words) for key, words in STATUS_WORDS.items() if key in statuses]
    if any(p.earlier and p.status not in STATUS_WORDS for p in scene.partnerships):
        items.append(LegendItem("status:again", "Together again after parting"))
    if any(p.related for p in scene.partnerships):
        items.append(LegendItem("couple:related", "Related by blood"))
    return items


def _children(scene: Scene) -> list[LegendItem]:
    kinds = {drop.kind for family in scene.families if family.parents for drop in family.drops}
    kinds |= {line.kind for line in scene.led}
    items = [LegendItem(f"child:{key}", words) for key, words in PARENT_WORDS.items() if key in kinds]
    if any(not family.parents for family in scene.families):
        items.append(LegendItem("child:siblings", "Brothers and sisters; parents not recorded"))
    twins = {t.kind for t in scene.twins}
    if "identical" in twins:
        items.append(LegendItem("twins:identical", "Identical twins"))
    if twins - {"identical"}:
        items.append(LegendItem("twins:fraternal", "Twins"))
    return items


def _others(scene: Scene) -> list[LegendItem]:
    kinds = {q.kind for q in scene.qualities}
    items = [LegendItem(f"quality:{key}", words) for key, words in QUALITY_WORDS.items() if key in kinds]
    if scene.households:
        items.append(LegendItem("household", "Household"))
    return items


def _short(scene: Scene) -> list[LegendItem]:
    said = {part.split(" ")[0] for p in scene.partnerships for line in p.text for part in line.split(", ")}
    return [LegendItem(f"text:{short}", words) for short, words in SHORT_WORDS.items() if short in said]
