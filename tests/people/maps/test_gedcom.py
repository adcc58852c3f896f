"""Family-tree files: what goes out comes back, and no file does harm."""

from __future__ import annotations

import codecs
import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.people.maps.gedcom import Limits, RefusedFileError, read_gedcom, write_gedcom
from alongside.people.maps.genogram import layout, render
from alongside.people.maps.network import FamilyNetwork, Parentage, Partnership, Person, Stretch
from alongside.people.maps.sample import sample_family
from alongside.people.maps.vocabulary import Gender, ParentKind, PartialDate, PartnershipKind, PartnershipStatus

HEAD = "0 HEAD\n1 GEDC\n2 VERS 5.5.1\n1 CHAR UTF-8\n"


def told(network: FamilyNetwork) -> tuple[object, ...]:
    """A network without its ids: what a file must bring back."""
    name = {p.id: f"{p.label}|{p.born.iso if p.born else ''}" for p in network.people}
    people = sorted((name[p.id], str(p.gender), p.died.iso if p.died else "", p.is_dead) for p in network.people)
    couples = sorted((sorted((name[c.first], name[c.second])), repr(c.stretches)) for c in network.partnerships)
    births = sorted((name[row.child], name[row.parent], str(row.kind)) for row in network.parentage)
    return people, couples, births


def distinct(network: FamilyNetwork) -> FamilyNetwork:
    """The same family with a name for everybody that nobody else has."""
    people = tuple(Person(p.id, f"{p.label} {p.id}", p.gender, born=p.born, died=p.died) for p in network.people)
    return FamilyNetwork(people, network.partnerships, network.parentage)


@pytest.mark.parametrize("version", ["7.0", "5.5.1"])
@settings(deadline=None, max_examples=25)
@given(st.integers(2, 40), st.integers(0, 500))
def test_structure_comes_back(version: str, size: int, seed: int) -> None:
    network = distinct(sample_family(size, seed))
    people = tuple(
        p if p.gender is not Gender.NON_BINARY else Person(p.id, p.label, Gender.UNKNOWN, born=p.born, died=p.died)
        for p in network.people
    )
    widowed = {p.id for p in people if p.is_dead}
    couples = tuple(
        Partnership(
            c.id,
            c.first,
            c.second,
            tuple(
                Stretch(s.kind, PartnershipStatus.WIDOWED, s.begin, s.end)
                if s.status is PartnershipStatus.CURRENT and widowed & set(c.pair)
                else s
                for s in c.stretches
            ),
        )
        for c in network.partnerships
    )
    network = FamilyNetwork(people, couples, network.parentage)
    back = read_gedcom(write_gedcom(network, version).data)
    assert back.problems == ()
    assert told(back.network) == told(network)


def test_partnership_history_comes_back() -> None:
    stretches = (
        Stretch(PartnershipKind.LIVING_TOGETHER, PartnershipStatus.SEPARATED, PartialDate(1990), PartialDate(1992, 5)),
        Stretch(PartnershipKind.MARRIAGE, PartnershipStatus.DIVORCED, PartialDate(1995, 6, 3), PartialDate(2001)),
        Stretch(PartnershipKind.CIVIL_PARTNERSHIP, PartnershipStatus.CURRENT, PartialDate(2010, about=True)),
    )
    network = FamilyNetwork((Person("a", "A"), Person("b", "B")), (Partnership("c", "a", "b", stretches),))
    for version in ("7.0", "5.5.1"):
        assert read_gedcom(write_gedcom(network, version).data).network.partnerships[0].stretches == stretches


def test_version_7_keeps_every_kind_of_parent() -> None:
    people = tuple(Person(i, i.upper()) for i in "abcdefgh")
    kinds = (ParentKind.KINSHIP, ParentKind.STEP, ParentKind.DONOR, ParentKind.GUARDIAN, ParentKind.ADOPTIVE)
    network = FamilyNetwork(people, parentage=tuple(Parentage("a", p, k) for p, k in zip("bcdef", kinds, strict=True)))
    back = read_gedcom(write_gedcom(network).data).network
    assert {row.kind for row in back.parentage} == set(kinds)


def test_what_the_format_cannot_hold_is_named() -> None:
    network = FamilyNetwork((Person("a", "A", Gender.NON_BINARY, gender_words="they", age=30),))
    assert write_gedcom(network, "5.5.1").left_out == (
        "ages without a date of birth",
        "people's own words for their gender",
        "non-binary and other genders are written as not known",
    )


@pytest.mark.parametrize(
    ("encoding", "char"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UNICODE"),
        ("cp1252", "ANSI"),
        ("latin-1", "WINDOWS"),
        ("gedcom", "ANSEL"),
    ],
)
def test_encodings_as_they_arrive(encoding: str, char: str) -> None:
    text = f"0 HEAD\n1 CHAR {char}\n0 @I1@ INDI\n1 NAME Siân /Müller/\n0 TRLR\n"
    assert read_gedcom(codecs.encode(text, encoding)).network.people[0].label == "Siân Müller"


def test_a_wrong_encoding_is_still_read() -> None:
    data = b"0 HEAD\n1 CHAR UTF-8\n0 @I1@ INDI\n1 NAME Zo\xeb\n0 TRLR\n"
    assert read_gedcom(data).network.people[0].label == "Zoë"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_of_every_kind(ending: str) -> None:
    data = (HEAD + "0 @I1@ INDI\n1 NAME A\n0 TRLR\n").replace("\n", ending).encode()
    assert len(read_gedcom(data).network.people) == 1


def test_bad_lines_are_named_and_the_rest_is_kept() -> None:
    text = HEAD + (
        "0 @I1@ INDI\n1 NAME Ann\nrubbish\n1 SEX Q\n9 DEEP too deep\n1 BIRT\n2 DATE someday\n"
        "1 NOTE a note\n2 CONT more\n"
        "0 @I1@ INDI\n1 NAME Again\n0 @I2@ INDI\n1 NAME Bea\n1 FAMC @F9@\n"
        "0 @F1@ FAM\n1 HUSB @I1@\n1 WIFE @I9@\n1 CHIL @I2@\n0 @F2@ FAM\n1 CHIL @I1@\n1 HUSB @I1@\n0 TRLR\n"
    )
    reading = read_gedcom(text.encode())
    assert [p.label for p in reading.network.people] == ["Ann", "Bea"]
    assert [(row.child, row.parent) for row in reading.network.parentage] == [("I2", "I1")]
    report = reading.report()
    for words in (
        "Line 7: this line is not in GEDCOM form",
        "Line 9: level 9 does not follow",
        "Line 14: there is already a record called I1",
        "the date 'someday'",
        "names I9, who is not in the file",
        "said to be F9, which is not in the file",
        "I1 is named as their own parent",
        "notes (NOTE, 1 time, first on line 12)",
    ):
        assert words in report, words


def test_loops_are_read_and_drawn() -> None:
    text = (
        HEAD
        + "0 @I1@ INDI\n0 @I2@ INDI\n0 @F1@ FAM\n1 HUSB @I1@\n1 CHIL @I2@\n"
        + "0 @F2@ FAM\n1 HUSB @I2@\n1 CHIL @I1@\n0 TRLR\n"
    )
    network = read_gedcom(text.encode()).network
    assert len(network.parentage) == 2
    assert len(layout(network).nodes) == 2


def test_markup_in_names_stays_text() -> None:
    text = HEAD + "0 @I<1>@ INDI\n1 NAME <script>alert(1)</script> /&amp; \x00\x1b[2J/\n0 TRLR\n"
    reading = read_gedcom(text.encode())
    assert "<" not in reading.network.people[0].id
    assert "<script" not in render(layout(reading.network))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no people"),
        (b"PK\x03\x04 not a tree at all", "no people"),
        (b"\xff\xfe", "no people"),
        (HEAD.encode() + b"0 TRLR\n", "no people"),
        (b"x" * 2000, "larger than"),
        (HEAD.encode() + b"0 @I1@ INDI\n" * 60, "lines"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(RefusedFileError, match=words):
        read_gedcom(data, Limits(size=1000, lines=50))


def test_too_many_people_are_refused() -> None:
    data = HEAD.encode() + b"".join(b"0 @I%d@ INDI\n" % i for i in range(12))
    with pytest.raises(RefusedFileError, match="more than 10 people"):
        read_gedcom(data, Limits(people=10))


def test_ten_thousand_problems_are_counted_not_listed() -> None:
    data = HEAD.encode() + b"0 @I1@ INDI\n" + b"rubbish\n" * 10_000
    reading = read_gedcom(data)
    assert len(reading.problems) == 200
    assert reading.more_problems == 9_800


@pytest.mark.slow
def test_a_million_lines_are_read_in_good_time() -> None:
    body = b"".join(
        b"0 @I%d@ INDI\n1 NAME A /B/\n1 NOTE x\n2 CONT y\n1 BIRT\n2 DATE 1 JAN 1950\n2 PLAC z\n" % i
        for i in range(30_000)
    )
    data = HEAD.encode() + body + b"0 @N1@ NOTE\n" + b"1 CONT z\n" * 790_000
    started = time.perf_counter()
    reading = read_gedcom(data)
    assert reading.lines > 1_000_000
    assert len(reading.network.people) == 30_000
    assert time.perf_counter() - started < 60


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=st.sampled_from("012 @IFNDAMECHILHUSB\n\r\t/<>&é\x00"), max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    data = (HEAD + "0 @I1@ INDI\n" + text).encode()
    network = read_gedcom(data).network
    assert "I1" in network.by_id
    layout(network)


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with contextlib.suppress(RefusedFileError):
        read_gedcom(data)
