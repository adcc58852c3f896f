"""The command that draws a file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from click.testing import CliRunner

from alongside.people.maps.commands import genogram
from alongside.people.maps.gedcom import write_gedcom
from tests.people.maps.cases import twelve_people


def tree(folder: Path) -> Path:
    path = folder / "tree.ged"
    path.write_bytes(write_gedcom(twelve_people()).data)
    return path


def test_draws_a_file_in_every_form(tmp_path: Path) -> None:
    out = {kind: tmp_path / f"out.{kind}" for kind in ("svg", "json", "text", "pdf")}
    options = [part for kind, path in out.items() for part in (f"--{kind}", str(path))]
    done = CliRunner().invoke(genogram, [str(tree(tmp_path)), *options, "--root", "@I3@", "--as-of", "2026-06-01"])
    assert done.exit_code == 0, done.output
    ElementTree.fromstring(out["svg"].read_text())
    scene = json.loads(out["json"].read_text())
    assert [n["name"] for n in scene["nodes"] if n["index"]] == [["Danny"]]
    assert "Danny (the person this map is about)" in out["text"].read_text()
    assert out["pdf"].read_bytes().startswith(b"%PDF")
    assert "Read 12 people and 5 partnerships" in done.output


def test_only_those_near_the_root(tmp_path: Path) -> None:
    done = CliRunner().invoke(genogram, [str(tree(tmp_path)), "--root", "I3", "--steps", "1"])
    assert "Drew 6 symbols" in done.output


def test_says_what_to_do_when_it_cannot(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ged"
    empty.write_text("hello")
    assert "Check that it is a GEDCOM file" in CliRunner().invoke(genogram, [str(empty)]).output
    assert "nobody called I99" in CliRunner().invoke(genogram, [str(tree(tmp_path)), "--root", "I99"]).output
    assert "--steps needs --root" in CliRunner().invoke(genogram, [str(tree(tmp_path)), "--steps", "2"]).output
    assert CliRunner().invoke(genogram, [str(tree(tmp_path)), "--as-of", "soon"]).exit_code == 1


def test_what_cannot_be_so_is_said_and_what_cannot_be_written_is_no_traceback(tmp_path: Path) -> None:
    circle = tmp_path / "circle.ged"
    circle.write_text(
        "0 HEAD\n0 @I1@ INDI\n1 NAME Ann\n1 BIRT\n2 DATE 31 FEB 1970\n1 FAMC @F2@\n"
        "0 @I2@ INDI\n1 NAME Bea\n1 FAMC @F1@\n"
        "0 @F1@ FAM\n1 HUSB @I1@\n1 CHIL @I2@\n0 @F2@ FAM\n1 HUSB @I2@\n1 CHIL @I1@\n0 TRLR\n"
    )
    done = CliRunner().invoke(genogram, [str(circle), "--text", str(tmp_path / "words")])
    assert "Ann and Bea come out as their own ancestors" in done.output
    assert "born about February 1970" in (tmp_path / "words").read_text()
    nowhere = CliRunner().invoke(genogram, [str(circle), "--svg", str(tmp_path / "no" / "where.svg")])
    assert (nowhere.exit_code, "cannot be written" in nowhere.output) == (1, True)


def test_runs_without_django(tmp_path: Path) -> None:
    code = (
        "import sys; from alongside.people.maps.commands import genogram; "
        "genogram([sys.argv[1]], standalone_mode=False); "
        "assert not [m for m in sys.modules if m == 'django' or m.startswith('django.')]"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tree(tmp_path))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
