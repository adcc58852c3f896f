"""What one user holds: their roles and rights, found once a request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, Reach, RoleCode


@dataclass(frozen=True)
class Holding:
    """The roles that a user holds today, the teams that each role reaches, and the rights that follow.

    `member_id` is the member of staff whom the user is; None where they are none.
    """

    user_id: UUID
    member_id: UUID | None
    teams_by_role: Mapping[RoleCode, frozenset[UUID]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def roles(self) -> frozenset[RoleCode]:
        """Every role, whatever it reaches."""
        return frozenset(self.teams_by_role)

    def teams_with(self, right: Right) -> frozenset[UUID]:
        """The teams over which `right` is held: a role's rights never spread to the teams of another role."""
        return frozenset().union(*(teams for role, teams in self.teams_by_role.items() if right in ROLES[role].rights))

    def teams_reached_with(self, right: Right) -> frozenset[UUID]:
        """The same, through those roles alone that see named cases of a team."""
        return frozenset().union(*(self.teams_by_role[role] for role in self.roles_with(right, Reach.TEAM)))

    @property
    def rights(self) -> frozenset[Right]:
        """Every right of every role, wherever it reaches."""
        return frozenset().union(*(ROLES[role].rights for role in self.roles))

    def rights_reaching(self, reach: Reach) -> frozenset[Right]:
        """The rights of those roles that reach as far as `reach`."""
        return frozenset().union(*(ROLES[role].rights for role in self.roles if ROLES[role].reach is reach))

    def roles_with(self, right: Right, reach: Reach) -> frozenset[RoleCode]:
        """Those of the user's roles that hold `right` over `reach`."""
        return frozenset(role for role in self.roles if ROLES[role].reach is reach and right in ROLES[role].rights)

    def may(self, right: Right) -> bool:
        """Whether any role holds `right`, for things that belong to no case."""
        return right in self.rights


Finder = Callable[[UUID], Holding]
_finders: list[Finder] = []


def register_finder(finder: Finder) -> None:
    """Tell how posts are found. Staff sits on the floor above, so it hands its query down here."""
    _finders[:] = [finder]


def holding_of(user: object) -> Holding:
    """What `user` holds today; nothing for someone who is not signed in or whose account is closed.

    Kept on the user object, so that one request asks once.
    """
    kept: Holding | None = getattr(user, "_holding", None)
    if kept is not None:
        return kept
    user_id = getattr(user, "pk", None)
    if not isinstance(user_id, UUID) or not getattr(user, "is_active", False) or not _finders:
        return Holding(user_id=UUID(int=0), member_id=None)
    holding = _finders[0](user_id)
    user._holding = holding  # type: ignore[attr-defined]
    return holding
