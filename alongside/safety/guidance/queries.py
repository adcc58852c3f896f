"""Guidance as one reader has it, and how many of a team have read it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES
from alongside.foundation.content.models import Language
from alongside.foundation.content.queries import Wording, content
from alongside.people.staff.models import Post
from alongside.people.staff.queries import live_posts
from alongside.safety.guidance.models import Acknowledgement
from alongside.safety.guidance.rules import Point, Readers, Standing

DECIDES = Right.EDIT_PERMISSIONS
"""Who holds this takes the decisions that the guidance is about, and is counted among its readers."""


@dataclass(frozen=True)
class Guidance:
    """One piece of guidance and how its reader stands to it."""

    point: Point
    wording: Wording
    standing: Standing


def wording_of(point: Point) -> Wording:
    """The guidance in use: the approved English, since that is the text that counts."""
    return content(point.key, Language.ENGLISH)


def guidance_for(user_id: UUID, points: Iterable[Point]) -> list[Guidance]:
    """Guidance at some points, and whether this user has read the version in use: one query, however many."""
    in_use = {point: wording_of(point) for point in points}
    rows = Acknowledgement.objects.filter(
        acknowledged_by=user_id, content_version__item__key__in=[point.key for point in in_use]
    ).values_list("content_version__item__key", "content_version", "acknowledged_at")
    read: dict[str, dict[UUID, Standing]] = {}
    for key, version_id, at in rows:
        read.setdefault(key, {})[version_id] = Standing(read_at=at, read_before=True)
    return [
        Guidance(
            point,
            wording,
            read.get(point.key, {}).get(wording.version_id, Standing(read_before=point.key in read)),
        )
        for point, wording in in_use.items()
    ]


def readers_of(version_ids: Collection[UUID], team_ids: Collection[UUID], *, on: date) -> dict[UUID, Readers]:
    """For each version, how many of those who decide in these teams have read it: two queries, however many."""
    deciding = _deciding_in(team_ids, on=on)
    total = deciding.values("member__user").distinct().count()
    rows = (
        Acknowledgement.objects.filter(
            content_version__in=version_ids, acknowledged_by__in=deciding.values("member__user")
        )
        .values("content_version")
        .annotate(read=Count("acknowledged_by"))
    )
    read = {row["content_version"]: row["read"] for row in rows}
    return {version_id: Readers(read=read.get(version_id, 0), of=total) for version_id in version_ids}


def _deciding_in(team_ids: Collection[UUID], *, on: date) -> QuerySet[Post]:
    roles = [role.code for role in ROLES.values() if DECIDES in role.rights]
    return Post.objects.filter(live_posts(on), team__in=team_ids, role__in=roles, member__user__is_active=True)
