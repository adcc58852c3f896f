"""The questions are our own, whole, free of blame and of anything to add up; a faulty version stops the start."""

import re
from pathlib import Path

import pytest
import yaml

from alongside.involvement.suitability.models import Pattern
from alongside.involvement.suitability.questions import FOLDER, PATTERNS, BankError, bank_of, bank_on, banks, read_bank
from alongside.involvement.suitability.rules import Direction

NEWEST = FOLDER / "2026-1.yaml"
BLAMES = re.compile(
    r"\b(blame|fault|dysfunctional|toxic|bad influence|criminal famil|problem famil|manipulativ|victim mentality|"
    r"offenders?|failed|failure|refus\w+ to engage|non-?complian\w+|scores?|points?|out of (five|ten)|rate .* from)\b",
    re.IGNORECASE,
)


def every_sentence() -> list[str]:
    return [
        sentence
        for bank in banks().values()
        for item in bank.items
        for sentence in (
            item.statement,
            item.then,
            *item.ask.values(),
            *item.custody.values(),
            *item.probes,
            *item.look_for,
        )
    ]


def test_there_are_about_thirty_questions_on_assets_barriers_and_safety() -> None:
    items = bank_of("2026-1").items
    assert 28 <= len(items) <= 40
    for direction in Direction:
        assert sum(item.direction is direction for item in items) >= 8


def test_every_pattern_of_getting_in_the_way_has_a_question() -> None:
    asked = {item.pattern for item in bank_of("2026-1").items}
    assert set(Pattern.values) == set(PATTERNS)
    assert set(PATTERNS) <= asked


def test_no_question_blames_or_counts() -> None:
    assert [sentence for sentence in every_sentence() if BLAMES.search(sentence)] == []


def test_questions_are_short_enough_to_be_said_aloud() -> None:
    asked = [question for item in bank_of("2026-1").items for question in item.ask.values()]
    assert [question for question in asked if len(question.split()) > 28] == []


def test_custody_has_its_own_words_where_it_matters_and_the_same_ones_elsewhere() -> None:
    items = bank_of("2026-1").items
    own = [item for item in items if item.custody]
    assert len(own) >= 8
    steady = next(item for item in items if item.key == "steady")
    assert steady.question("person", custody=True) != steady.question("person", custody=False)
    assert steady.question("member", custody=True) == steady.question("member", custody=False)


def test_what_is_about_their_own_life_asks_for_as_little_as_can_be() -> None:
    about = [item for item in bank_of("2026-1").items if item.section == "own_life"]
    assert all(item.minimum for item in about)


def test_the_newest_version_that_has_begun_is_asked() -> None:
    assert bank_on(banks()["2026-1"].since).version == "2026-1"
    assert bank_on(banks()["2026-1"].since.replace(year=2020)).version == "2026-1"


def broken(tmp_path: Path, **change: object) -> Path:
    raw = yaml.safe_load(NEWEST.read_text(encoding="utf-8"))
    for place, value in change.items():
        if place.startswith("item_"):
            raw["items"][0][place.removeprefix("item_")] = value
        else:
            raw[place] = value
    path = tmp_path / "2026-1.yaml"
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    return path


def test_what_is_unchanged_is_read(tmp_path: Path) -> None:
    assert read_bank(broken(tmp_path)) == banks()["2026-1"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"version": "2026-2"}, "same name"),
        ({"from": "soon"}, "must be a day"),
        ({"owner": ""}, "has no owner"),
        ({"items": []}, "has no items"),
        ({"item_key": "freely"}, "stands twice"),
        ({"item_section": "nowhere"}, "is not there"),
        ({"item_direction": "good"}, "asset, barrier or safety"),
        ({"item_ask": {"person": "Well?"}}, "what to ask, has no member"),
        ({"item_custody": {"guard": "Well?"}}, "nobody is called guard"),
        ({"item_probes": []}, "probes must be a list"),
        ({"item_then": " "}, "has no then"),
        ({"item_pattern": "evil"}, "pattern must be one of"),
        ({"item_shown_when": "raining"}, "shown_when must be one of"),
        ({"item_level_from": 9}, "from 0 to 6"),
        ({"item_weight": 3}, "weight, which means nothing here"),
    ],
)
def test_a_faulty_version_says_what_to_mend(tmp_path: Path, change: dict[str, object], says: str) -> None:
    with pytest.raises(BankError, match=says):
        read_bank(broken(tmp_path, **change))


@pytest.mark.parametrize("text", ["- a\n- b", "a: [", "just words", ""])
def test_what_is_no_set_of_questions_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "2026-1.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BankError, match=r"2026-1\.yaml"):
        read_bank(path)


def test_a_version_that_is_gone_must_be_put_back() -> None:
    with pytest.raises(BankError, match="Put the file back"):
        bank_of("1999-1")
