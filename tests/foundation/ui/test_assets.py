"""The copied assets: no crown, no licensed font, nothing that a manifest of hashed names would stumble over."""

import re
from pathlib import Path

import pytest
from django.test import override_settings

from alongside.foundation.ui import assets
from alongside.foundation.ui.assets import AssetsError, clean_script, clean_stylesheet, main, prepare

STATIC = Path(assets.__file__).parent / "static"
needs_packages = pytest.mark.skipif(not assets.PACKAGES.is_dir(), reason="npm packages are not installed: run `npm ci`")


def test_font_crest_and_source_map_are_taken_out() -> None:
    css, images = clean_stylesheet(
        '@font-face{font-family:"GDS Transport";src:url(/assets/fonts/x.woff2)}'
        ".a{font-family:GDS Transport,arial,sans-serif;color:red}"
        ".f{background-image:url(/assets/images/govuk-crest.svg);color:blue}"
        ".g{background:url(/assets/images/icon.svg)}/*# sourceMappingURL=x.css.map */"
    )
    assert css == (
        ".a{font-family:var(--ui-font,sans-serif);color:red}.f{color:blue}.g{background:url(images/icon.svg)}"
    )
    assert images == {"icon.svg"}


@pytest.mark.parametrize("css", [".a{font:1em GDS Transport}", ".a{background:url(/other/x.svg)}"])
def test_what_it_does_not_know_stops_it(css: str) -> None:
    with pytest.raises(AssetsError, match=r"Extend assets\.py"):
        clean_stylesheet(css)


def test_a_script_loses_its_source_map() -> None:
    assert clean_script("a();//# sourceMappingURL=a.js.map\n") == "a();\n"


def test_missing_packages_say_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    with pytest.raises(AssetsError, match="npm ci"):
        prepare(packages=tmp_path / "node_modules", target=tmp_path / "out")
    monkeypatch.setattr(assets, "prepare", lambda: (_ for _ in ()).throw(AssetsError("Run `npm ci`.")))
    assert main() == 1
    assert "npm ci" in capsys.readouterr().err


@needs_packages
def test_the_real_packages_come_out_clean(tmp_path: Path) -> None:
    written = prepare(target=tmp_path / "vendor")
    names = {path.name for path in written}
    assert {"govuk-frontend.min.css", "moj-frontend.min.css", "govuk-frontend.min.js", "moj-frontend.min.js"} <= names
    assert not [name for name in names if re.search("crown|crest|logotype|opengraph", name)]
    for path in written:
        if path.suffix in (".css", ".js"):
            text = path.read_text("utf-8")
            assert "sourceMappingURL" not in text
            assert "GDS Transport" not in text
            for target in re.findall(r"url\(([^)]+)\)", text):
                assert target.startswith("data:") or (path.parent / target.strip("'\"")).is_file(), target


@needs_packages
def test_collecting_with_hashed_names_works(tmp_path: Path) -> None:
    """As whitenoise's storage does it, on our own files and the copied ones."""
    from django.contrib.staticfiles.finders import get_finder
    from whitenoise.storage import CompressedManifestStaticFilesStorage

    if not (STATIC / "vendor").is_dir():
        prepare()
    with override_settings(STATIC_ROOT=tmp_path, DEBUG=False):
        storage = CompressedManifestStaticFilesStorage(location=str(tmp_path))
        found = {}
        for name, source in get_finder("django.contrib.staticfiles.finders.AppDirectoriesFinder").list([]):
            if name.startswith(("ui/", "vendor/")):
                with source.open(name) as content:
                    storage.save(name, content)
                found[name] = (storage, name)
        problems = [result for _, _, result in storage.post_process(found) if isinstance(result, Exception)]
    assert not problems
    assert (tmp_path / "staticfiles.json").is_file()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


TOKENS = dict(re.findall(r"--ui-([a-z-]+): (#[0-9a-f]{6})", (STATIC / "ui/alongside.css").read_text())) | {
    "white": "#ffffff"
}


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *(
            (text, ground)
            for text in ("ink", "ink-soft", "plum", "teal", "red")
            for ground in ("paper", "white", "sand")
        ),
        ("plum", "plum-soft"),
        ("teal", "teal-soft"),
        ("red", "red-soft"),
        ("apricot-dark", "apricot-soft"),
        ("apricot-dark", "paper"),
        ("ink", "focus"),
        ("white", "teal"),
        ("white", "teal-dark"),
        ("white", "red"),
        ("white", "ink"),
    ],
)
def test_words_can_be_read(text: str, ground: str) -> None:
    assert contrast(TOKENS[text], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize(("line", "ground"), [("ink-soft", "white"), ("apricot", "paper"), ("plum", "paper")])
def test_what_is_drawn_can_be_seen(line: str, ground: str) -> None:
    assert contrast(TOKENS[line], TOKENS[ground]) >= 3


def test_colours_live_in_the_tokens() -> None:
    """Outside the tokens hardly a colour is written, so that the look can be changed in one place."""
    sheets = [(STATIC / "ui" / name).read_text() for name in ("controls.css", "parts.css")]
    assert len(re.findall(r"#[0-9a-f]{3,6}\b", " ".join(sheets))) <= 3


def test_our_own_files_stay_short_and_are_licensed_to_ship() -> None:
    for path in (STATIC / "ui").rglob("*.*"):
        if path.suffix in (".css", ".js"):
            text = path.read_text("utf-8")
            assert len(text.splitlines()) <= 400, path.name
            assert not re.search(r"GDS|crown|url\((?!data:)", text), path.name
