"""Regions, delivery units and towns, as `places.yaml` lists them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("places.yaml")


@dataclass(frozen=True)
class Town:
    """A town with a probation office, and the postcode districts round it."""

    name: str
    districts: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """A delivery unit. `mix` multiplies the chance of a heritage other than British; `welsh` is the chance that someone
    would rather be served in Welsh, `welsh_names` that of a Welsh name."""

    name: str
    code: str
    towns: tuple[Town, ...]
    mix: float
    welsh: float
    welsh_names: float

    @property
    def in_wales(self) -> bool:
        """Whether the unit lies in Wales."""
        return self.welsh_names > 0


@dataclass(frozen=True)
class Region:
    """A probation region and its part of the caseload, in percent."""

    name: str
    code: str
    share: float
    units: tuple[Unit, ...]


@cache
def regions() -> tuple[Region, ...]:
    """Every region, Wales first."""
    return tuple(_region(entry) for entry in yaml.safe_load(FILE.read_text(encoding="utf-8")))


def _region(entry: dict[str, Any]) -> Region:
    units = tuple(_unit(unit, entry["mix"]) for unit in entry["units"])
    return Region(name=entry["name"], code=entry["code"], share=entry["share"], units=units)


def _unit(entry: dict[str, Any], mix: float) -> Unit:
    return Unit(
        name=entry["name"],
        code=entry["code"],
        towns=tuple(Town(str(name), tuple(districts.split())) for name, districts in entry["towns"].items()),
        mix=mix * entry.get("mix", 1.0),
        welsh=entry.get("welsh", 0.0),
        welsh_names=entry.get("names", 0.0),
    )
