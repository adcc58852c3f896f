"""Copies the compiled front-end assets out of the npm packages, without crown, crest and licensed font.

Run as `python -m alongside.foundation.ui.assets`. An open product may use neither the crown nor GDS Transport, so the
script takes them out and stops if any trace is left.
"""

import re
import shutil
import sys
from pathlib import Path

ROOM = Path(__file__).resolve().parent
ROOT = ROOM.parent.parent.parent
PACKAGES = ROOT / "node_modules"
TARGET = ROOM / "static" / "vendor"

STYLESHEETS = {
    "govuk-frontend.min.css": "govuk-frontend/dist/govuk/govuk-frontend.min.css",
    "moj-frontend.min.css": "@ministryofjustice/frontend/moj/moj-frontend.min.css",
}
SCRIPTS = {
    "govuk-frontend.min.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "moj-frontend.min.js": "@ministryofjustice/frontend/moj/moj-frontend.min.js",
}
IMAGE_FOLDERS = [
    "@ministryofjustice/frontend/moj/assets/images",
    "govuk-frontend/dist/govuk/assets/images",
]
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
LICENSED_STACK = re.compile(r"font-family:\s*[\"']?GDS Transport[\"']?\s*,\s*arial\s*,\s*sans-serif", re.IGNORECASE)
SOURCE_MAP = re.compile(r"/\*#\s*sourceMappingURL=[^*]*\*/|//#\s*sourceMappingURL=\S*")
CREST_IMAGE = re.compile(r"[^{};]*url\([^)]*(?:crest|crown)[^)]*\)[^{};]*;?")
IMAGE = re.compile(r"url\(\s*[\"']?/assets/images/([\w.-]+)[\"']?\s*\)")
FORBIDDEN = re.compile(r"GDS Transport|@font-face|url\([^)]*(?:crown|crest)|sourceMappingURL|url\(\s*[\"']?/")


class AssetsError(Exception):
    """The assets cannot be prepared; the message says what to do."""


def clean_stylesheet(css: str) -> tuple[str, set[str]]:
    """The stylesheet without font, crest and source map, with relative addresses; and the images that it names.

    Raises AssetsError where a trace of what may not be used is left.
    """
    css = SOURCE_MAP.sub("", FONT_FACE.sub("", css))
    css = LICENSED_STACK.sub("font-family:var(--ui-font,sans-serif)", css)
    css = CREST_IMAGE.sub("", css)
    images = set(IMAGE.findall(css))
    css = IMAGE.sub(r"url(images/\1)", css)
    left = FORBIDDEN.search(css)
    if left:
        raise AssetsError(
            f"A stylesheet still holds {left.group(0)!r}, which we may not ship. Extend {Path(__file__).name} for it."
        )
    return css, images


def clean_script(script: str) -> str:
    """The script without the reference to a source map, which is not shipped and would break hashed names."""
    return SOURCE_MAP.sub("", script)


def find(name: str, *, packages: Path) -> Path:
    """The path of a file of the npm packages. Raises AssetsError where it is missing."""
    path = packages / name
    if not path.is_file():
        raise AssetsError(f"{path} is missing. Fetch the front-end packages first: run `npm ci` in {packages.parent}.")
    return path


def find_image(name: str, *, packages: Path) -> Path:
    """The path of an image named by a stylesheet. Raises AssetsError where no package holds it."""
    for folder in IMAGE_FOLDERS:
        path = packages / folder / name
        if path.is_file():
            return path
    raise AssetsError(
        f"No package holds the image {name}. Compare the versions in package.json with package-lock.json."
    )


def prepare(*, packages: Path = PACKAGES, target: Path = TARGET) -> list[Path]:
    """Writes the cleaned assets to `target` and answers with what was written. Replaces what stood there."""
    sheets = {
        name: clean_stylesheet(find(path, packages=packages).read_text("utf-8")) for name, path in STYLESHEETS.items()
    }
    scripts = {name: clean_script(find(path, packages=packages).read_text("utf-8")) for name, path in SCRIPTS.items()}
    pictures = {image: find_image(image, packages=packages) for _, images in sheets.values() for image in images}
    shutil.rmtree(target, ignore_errors=True)
    (target / "images").mkdir(parents=True)
    written = []
    for name, text in {**{name: css for name, (css, _) in sheets.items()}, **scripts}.items():
        (target / name).write_text(text, "utf-8")
        written.append(target / name)
    for name, path in sorted(pictures.items()):
        shutil.copyfile(path, target / "images" / name)
        written.append(target / "images" / name)
    return written


def main() -> int:
    """Prepares the assets and says what was done; answers with the exit status."""
    try:
        written = prepare()
    except AssetsError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(written)} front-end files written to {TARGET}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
