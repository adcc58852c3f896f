"""Loading lists: repeatable, never deleting, never giving a code another meaning."""

from pathlib import Path

import pytest

from alongside.foundation.reference.loading import CodeReusedError, load_lists
from alongside.foundation.reference.models import CodedValue
from alongside.foundation.reference.sources import ListFileError, read_lists

HEAD = "list: colour\ntitle: Colours\nowner: Someone\nsource: The rainbow\nvalues:\n"

pytestmark = pytest.mark.django_db


def write(folder: Path, *values: str, name: str = "colour") -> Path:
    head = HEAD.replace("colour", name, 1)
    (folder / f"{name}.yaml").write_text(head + "".join(f"  - {{{value}}}\n" for value in values), encoding="utf-8")
    return folder


def test_the_same_files_twice_change_nothing(tmp_path):
    write(tmp_path, "code: RED, en: Red", "code: BLUE, en: Blue")
    first, second = load_lists(folder=tmp_path), load_lists(folder=tmp_path)
    assert first.added == ["colour.RED", "colour.BLUE"]
    assert not second


def test_what_vanished_is_switched_off_and_comes_back_as_it_was(tmp_path):
    write(tmp_path, "code: RED, en: Red", "code: BLUE, en: Blue")
    load_lists(folder=tmp_path)
    write(tmp_path, "code: RED, en: Red")
    assert load_lists(folder=tmp_path).switched_off == ["colour.BLUE"]
    blue = CodedValue.objects.get(pk="colour.BLUE")
    assert (blue.active, blue.label_en) == (False, "Blue")
    write(tmp_path, "code: RED, en: Red", "code: BLUE, en: Blue")
    assert load_lists(folder=tmp_path).switched_on == ["colour.BLUE"]


def test_a_code_never_takes_another_meaning(tmp_path):
    write(tmp_path, "code: RED, en: Red")
    load_lists(folder=tmp_path)
    write(tmp_path, "code: RED, en: Communist", "code: NEW, en: New")
    with pytest.raises(CodeReusedError, match="was"):
        load_lists(folder=tmp_path)
    assert not CodedValue.objects.filter(pk="colour.NEW").exists()


def test_an_outside_code_never_moves(tmp_path):
    write(tmp_path, "code: RED, en: Red, nomis: R")
    load_lists(folder=tmp_path)
    write(tmp_path, "code: RED, en: Red, nomis: X")
    with pytest.raises(CodeReusedError, match="prison system"):
        load_lists(folder=tmp_path)


def test_wording_may_be_bettered_when_the_file_owns_up_to_the_old(tmp_path):
    write(tmp_path, "code: RED, en: Red")
    load_lists(folder=tmp_path)
    write(tmp_path, "code: RED, en: Scarlet, was: [Red]")
    assert load_lists(folder=tmp_path).changed == ["colour.RED"]
    row = CodedValue.objects.get(pk="colour.RED")
    assert (row.label_en, row.version) == ("Scarlet", 2)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["code: RED, en: Red", "code: RED, en: Rouge"], "stands twice"),
        (["code: RED"], "needs `code` and `en`"),
        (["code: 5, en: Five"], "needs `code` and `en`"),
        (["code: RED, en: Red, colour: 1"], "not known"),
        (["code: RED, en: Red, active: maybe"], "active of RED must be"),
        (["code: 'RED ', en: Red"], "letters, digits"),
    ],
)
def test_a_faulty_file_is_refused_and_says_what_to_mend(tmp_path, values, said):
    write(tmp_path, *values)
    with pytest.raises(ListFileError, match=said):
        load_lists(folder=tmp_path)


@pytest.mark.parametrize("content", ["", "- a\n", "list: colour\n", "list: [", "list: other\n" + HEAD[13:] + "  []\n"])
def test_a_file_that_is_no_list_is_refused(tmp_path, content):
    (tmp_path / "colour.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(ListFileError, match=r"colour\.yaml"):
        read_lists(tmp_path)
