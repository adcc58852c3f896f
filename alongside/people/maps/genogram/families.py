"""From a network to unions and nets: whose line each child hangs from, and who must be drawn a second time.

A child hangs under their own birth parents where these are known, else under adoptive parents, and so on; every other
parent gets a second line. A couple whose generations differ is drawn in the row of the lower one, with a marked
second drawing of the other.
"""

from __future__ import annotations

from dataclasses import replace

from alongside.people.maps.genogram.generations import generations
from alongside.people.maps.genogram.plan import Child, LongLink, Net, Plan, Spot, TwinGroup, Union
from alongside.people.maps.network import FamilyNetwork, Parentage, Partnership, Person
from alongside.people.maps.vocabulary import ParentKind, PartialDate, PersonKind

ORDER_OF_PARENTS = (
    ParentKind.BIRTH,
    ParentKind.SECOND,
    ParentKind.ADOPTIVE,
    ParentKind.UNKNOWN,
    ParentKind.KINSHIP,
    ParentKind.GUARDIAN,
    ParentKind.FOSTER,
    ParentKind.STEP,
    ParentKind.SURROGATE,
    ParentKind.DONOR,
)
_RANK = {kind: place for place, kind in enumerate(ORDER_OF_PARENTS)}
_FAR_AHEAD = 9999


def sibling_key(person: Person, as_of: PartialDate | None) -> tuple[int, tuple[int, int, int], int, str]:
    """Sorts children oldest first; those whose age is not known after them, pregnancies last."""
    if person.kind is PersonKind.PREGNANCY:
        return 2, (_FAR_AHEAD, 0, 0), person.birth_order or 0, person.id
    born = person.born.sort_key if person.born else None
    if born is None and person.age is not None and as_of and not person.is_dead:
        born = (as_of.year - person.age, 0, 0)
    if born is None:
        return 1, (0, 0, 0), person.birth_order or _FAR_AHEAD, person.id
    return 0, born, person.birth_order or 0, person.id


class _Builder:
    def __init__(self, network: FamilyNetwork) -> None:
        self.network = network
        self.level, self.family = generations(network)
        self.plan = Plan()
        self.partners: dict[tuple[str, str], list[Partnership]] = {}
        for partnership in network.partnerships:
            self.partners.setdefault(partnership.pair, []).append(partnership)
        self.by_pair: dict[tuple[str, str], list[Union]] = {}
        self.parents: dict[str, list[Parentage]] = {}
        for row in network.parentage:
            self.parents.setdefault(row.child, []).append(row)

    def build(self) -> Plan:
        for person_id in sorted(self.connected()):
            self.plan.spots[person_id] = Spot(person_id, self.network.by_id[person_id], self.level[person_id])
        for child_id in sorted(self.parents):
            self.hang(child_id)
        for pair in sorted(self.partners):
            found = sorted(self.by_pair.get(pair, []), key=lambda u: (u.row, u.id))
            union = found[0] if found else self.union_of_pair(pair)
            union.partnerships = self.partners[pair]
        hung: dict[str, set[str]] = {}
        for net in self.plan.nets.values():
            for child in net.children:
                if child.primary:
                    hung.setdefault(child.spot.id, set()).add(net.id)
        for group_id, members in self.network.births:
            self.join_siblings(group_id, members, hung)
        self.plan.twins = [TwinGroup(t.id, t.kind, t.members) for t in self.network.twins if len(t.members) > 1]
        return self.plan

    def connected(self) -> set[str]:
        """People with a tie that places them in the generations, and the index person in any case."""
        ids = {i for p in self.network.partnerships for i in p.pair}
        ids |= {i for p in self.network.parentage for i in (p.child, p.parent)}
        ids |= {i for _, members in self.network.births for i in members}
        return ids | ({self.network.index.id} if self.network.index else set())

    def groups(self, child: str) -> list[tuple[ParentKind, tuple[str, ...], tuple[Parentage, ...]]]:
        """The sets of parents a child has had: couples where they belong together, single parents otherwise."""
        rows = self.parents[child]
        by_kind: dict[ParentKind, list[Parentage]] = {}
        for row in rows:
            group = ParentKind.BIRTH if row.kind is ParentKind.SECOND else row.kind
            by_kind.setdefault(group, []).append(row)
        birth = {row.parent for row in by_kind.get(ParentKind.BIRTH, [])}
        out: list[tuple[ParentKind, tuple[str, ...], tuple[Parentage, ...]]] = []
        for kind in sorted(by_kind, key=_RANK.__getitem__):
            for pair in self.pair_up(by_kind[kind], together=kind is ParentKind.BIRTH):
                parents = tuple(sorted({row.parent for row in pair}))
                with_partner = [b for b in sorted(birth) if len(parents) == 1 and self.are_partners(parents[0], b)]
                if kind is ParentKind.STEP and with_partner:
                    self.plan.implied += pair
                    continue
                if kind is ParentKind.ADOPTIVE and with_partner:
                    parents = tuple(sorted((parents[0], with_partner[0])))
                out.append((kind, parents, pair))
        return out

    def pair_up(self, rows: list[Parentage], *, together: bool) -> list[tuple[Parentage, ...]]:
        """Two birth parents belong together; other parents where they are partners or cared at the same time."""
        waiting = sorted(rows, key=lambda r: (r.begin.sort_key if r.begin else (0, 0, 0), r.parent, r.id))
        out = []
        while waiting:
            first = waiting.pop(0)
            same = [r for r in waiting if r.parent == first.parent]
            waiting = [r for r in waiting if r.parent != first.parent]
            mates = [r for r in waiting if self.are_partners(first.parent, r.parent)]
            if not mates and (together or len(waiting) == 1) and (together or waiting[0].begin == first.begin):
                mates = waiting[:1]
            chosen = [r for r in waiting if mates and r.parent == mates[0].parent]
            waiting = [r for r in waiting if r not in chosen]
            out.append((first, *same, *chosen))
        return out

    def are_partners(self, a: str, b: str) -> bool:
        return (min(a, b), max(a, b)) in self.partners

    def hang(self, child: str) -> None:
        """Give a child its lines: one to the first set of parents that stands right above, more to the others."""
        primary = True
        for kind, parents, rows in self.groups(child):
            union = self.place_parents(parents, self.level[child] - 1)
            if union is None:
                self.lead_round(child, rows)
                continue
            kinds = sorted((row.kind for row in rows), key=_RANK.__getitem__)
            self.add_child(union, Child(self.plan.spots[child], kinds[0] if kinds else kind, rows, primary))
            primary = False

    def add_child(self, union: Union, child: Child) -> None:
        net = union.nets[0] if union.nets else None
        if net is None:
            net = Net(f"n:{union.id}", union.row, union, [])
            union.nets.append(net)
            self.plan.nets[net.id] = net
        for there in net.children:
            if there.spot is child.spot:
                there.rows = (*there.rows, *child.rows)
                return
        net.children.append(child)

    def lead_round(self, child: str, rows: tuple[Parentage, ...]) -> None:
        for row in rows:
            spots = self.plan.spots
            self.plan.long_links.append(LongLink(spots[row.parent], spots[child], row.kind, row))

    def place_parents(self, parents: tuple[str, ...], row: int) -> Union | None:
        """The union of these parents in this row, with a second drawing of one of them if need be."""
        here = [p for p in parents if self.level[p] == row]
        if not here:
            return None
        if len(parents) == 1:
            return self.union((self.plan.spots[parents[0]],))
        if len(here) == 2:
            return self.union((self.plan.spots[parents[0]], self.plan.spots[parents[1]]))
        other = parents[0] if here[0] == parents[1] else parents[1]
        return self.union((self.plan.spots[here[0]], self.second_drawing(other, here[0])))

    def union_of_pair(self, pair: tuple[str, str]) -> Union:
        a, b = pair
        if self.level[a] == self.level[b]:
            return self.union((self.plan.spots[a], self.plan.spots[b]))
        lower, upper = (a, b) if self.level[a] > self.level[b] else (b, a)
        return self.union((self.plan.spots[lower], self.second_drawing(upper, lower)))

    def second_drawing(self, person: str, beside: str) -> Spot:
        spots = self.plan.spots
        return second_drawing(self.plan, spots[person], beside, self.level[beside])

    def union(self, parents: tuple[Spot, ...]) -> Union:
        ordered = tuple(sorted(parents, key=lambda s: s.id))
        key = "+".join(spot.id for spot in ordered)
        if key not in self.plan.unions:
            self.plan.unions[key] = Union(key, ordered[0].row, ordered)
            if len(ordered) == 2:
                a, b = sorted(spot.person.id for spot in ordered)
                self.by_pair.setdefault((a, b), []).append(self.plan.unions[key])
        return self.plan.unions[key]

    def join_siblings(self, group_id: str, members: tuple[str, ...], hung: dict[str, set[str]]) -> None:
        """A bar without parents, for brothers and sisters who do not already hang from one net."""
        by_row: dict[int, list[str]] = {}
        for member in members:
            by_row.setdefault(self.level[member], []).append(member)
        for row, people in sorted(by_row.items()):
            if len(people) < 2 or set.intersection(*(hung.get(p, set()) for p in people)):
                continue
            net = Net(f"s:{group_id}:{row}", row - 1, None, [])
            net.children = [Child(self.plan.spots[p], ParentKind.UNKNOWN, (), primary=p not in hung) for p in people]
            self.plan.nets[net.id] = net
            for person in people:
                hung.setdefault(person, set()).add(net.id)


def second_drawing(plan: Plan, spot: Spot, beside: str, row: int) -> Spot:
    """Draw somebody a second time beside a partner, marked as such."""
    copy_id = f"{spot.person.id}~{beside}"
    while copy_id in plan.spots and not plan.spots[copy_id].is_copy:
        copy_id += "~"
    if copy_id not in plan.spots:
        plan.spots[copy_id] = replace(spot, id=copy_id, row=row, is_copy=True, block=None)
        plan.copies.setdefault(spot.person.id, []).append(plan.spots[copy_id])
    return plan.spots[copy_id]


def plan_families(network: FamilyNetwork, as_of: PartialDate | None) -> Plan:
    """Who is drawn where, as whose partner and whose child; `network` must be canonical."""
    plan = _Builder(network).build()
    _sort_children(plan, as_of)
    return plan


def _sort_children(plan: Plan, as_of: PartialDate | None) -> None:
    twin_of = {member: group for group in plan.twins for member in group.members}
    for net in plan.nets.values():
        first: dict[str, tuple[int, tuple[int, int, int], int, str]] = {}
        for child in net.children:
            group = twin_of.get(child.spot.person.id)
            key = sibling_key(child.spot.person, as_of)
            if group:
                child.twins = group.id
                first[group.id] = min(first.get(group.id, key), key)
        net.children.sort(
            key=lambda c: (first.get(c.twins) or sibling_key(c.spot.person, as_of), sibling_key(c.spot.person, as_of))
        )
        _single_twins_stand_alone(net)


def _single_twins_stand_alone(net: Net) -> None:
    for child in net.children:
        if child.twins and sum(other.twins == child.twins for other in net.children) < 2:
            child.twins = ""
