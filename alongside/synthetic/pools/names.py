"""Names by heritage, as `names.yaml` lists them, and family names of Britain out of Faker's, weighted as they occur."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from faker.providers.person.en_GB import Provider

from alongside.synthetic.invent.chance import Chance, Weighted

FILE = Path(__file__).with_name("names.yaml")
FROM_FAKER = "faker"
SHORT_FORMS: Mapping[str, str] = {
    "Alexander": "Alex",
    "Andrew": "Andy",
    "Anthony": "Tony",
    "Christopher": "Chris",
    "Daniel": "Dan",
    "Deborah": "Debs",
    "Gwilym": "Gwil",
    "Gruffydd": "Gruff",
    "Jacqueline": "Jackie",
    "James": "Jimmy",
    "Jonathan": "Jon",
    "Joseph": "Joe",
    "Joshua": "Josh",
    "Kayleigh": "Kay",
    "Krzysztof": "Chris",
    "Małgorzata": "Gosia",
    "Katarzyna": "Kasia",
    "Matthew": "Matt",
    "Michael": "Mick",
    "Mohammed": "Mo",
    "Patricia": "Pat",
    "Rebecca": "Becky",
    "Robert": "Rob",
    "Samantha": "Sam",
    "Samuel": "Sam",
    "Stephen": "Steve",
    "Thomas": "Tom",
    "Oluwaseun": "Seun",
    "William": "Billy",
}


class NameFileError(ValueError):
    """`names.yaml` cannot be taken as it stands; the message names the heritage."""


@dataclass(frozen=True)
class FamilyName:
    """A family name, in the form for men and the form for women, which are mostly the same."""

    men: str
    women: str

    def of(self, sex: str) -> str:
        """The form that someone of that sex (M or F) bears."""
        return self.women if sex == "F" else self.men


@dataclass(frozen=True)
class Names:
    """The names of one heritage. Given names are listed by the year around which they were given."""

    men: Mapping[int, tuple[str, ...]]
    women: Mapping[int, tuple[str, ...]]
    families: Weighted[FamilyName]
    called: Mapping[str, tuple[str, ...]]
    languages: Mapping[str, float]

    def given(self, chance: Chance, *, sex: str, born: int) -> str:
        """A given name for someone of that sex (M or F) born in that year."""
        by_year = self.women if sex == "F" else self.men
        if len(by_year) == 1:
            return chance.one_of(next(iter(by_year.values())))
        return chance.one_of(by_year[min(by_year, key=lambda year: abs(year - born))])

    def family(self, chance: Chance) -> FamilyName:
        """A family name."""
        return chance.of(self.families)


@cache
def names_by_heritage() -> Mapping[str, Names]:
    """Every heritage's names. Raises NameFileError where the file lacks something."""
    raw = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {heritage: _names(heritage, entry) for heritage, entry in raw.items()}


def _names(heritage: str, entry: Mapping[str, Any]) -> Names:
    try:
        return Names(
            men=_by_year(entry["men"]),
            women=_by_year(entry["women"]),
            families=_families(entry["family"]),
            called={code: _words(words) for code, words in entry["called"].items()},
            languages=entry.get("languages", {}),
        )
    except (KeyError, AttributeError, TypeError) as error:
        raise NameFileError(f"names.yaml: {heritage} lacks or misspells something: {error}.") from error


def _by_year(entry: str | Mapping[int, str]) -> Mapping[int, tuple[str, ...]]:
    return {0: _words(entry)} if isinstance(entry, str) else {year: _words(words) for year, words in entry.items()}


def _families(entry: str) -> Weighted[FamilyName]:
    if entry == FROM_FAKER:
        return Weighted({FamilyName(name, name): weight for name, weight in sorted(Provider.last_names.items())})
    weights: dict[FamilyName, float] = {}
    for word in _words(entry):
        men, _, women = word.partition("/")
        name = FamilyName(men, women or men)
        weights[name] = weights.get(name, 0) + 1
    return Weighted(weights)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())
