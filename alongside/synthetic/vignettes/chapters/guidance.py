"""Which guidance those in a story have read."""

from alongside.safety.guidance.actions import acknowledge
from alongside.safety.guidance.queries import wording_of
from alongside.safety.guidance.rules import Point
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling


def tell(telling: Telling) -> None:
    """Whoever is named says that they have read each piece, in the version in use."""
    told: dict[str, list[str]] = told_by("guidance").get(telling.story.number, {})
    for who, points in told.items():
        by = telling.user(who)
        for point in map(Point, points):
            acknowledge(by=by, point=point, version_id=wording_of(point).version_id)
