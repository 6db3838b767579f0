"""The screens in docs/desk.md are those of the desk, and each has its picture."""

import re
import struct

from playwright.sync_api import Browser

from claims.database.engine import Database
from tests.desk.pictures import DOCUMENT, FOLDER, SIZE, fill, redrawn, shots
from tests.desk.visitors import needs_chromium

MOST_BYTES = 150_000


@needs_chromium
def test_the_screens_are_those_of_the_desk(database: Database, browser: Browser) -> None:
    fill(database)
    document = DOCUMENT.read_text("utf-8")
    texts = {one.name: one.text for one in shots(database, browser)}
    assert redrawn(document, texts) == document, "python -m tests.desk.pictures makes them"


def test_each_picture_is_shown_and_is_of_modest_size() -> None:
    """Not their pixels: fonts are others on other machines."""
    shown = re.findall(r"\]\(pictures/([\w-]+\.png)\)", DOCUMENT.read_text("utf-8"))
    assert sorted(shown) == sorted(path.name for path in FOLDER.iterdir())
    for name in shown:
        picture = (FOLDER / name).read_bytes()
        assert struct.unpack(">II", picture[16:24]) == (SIZE["width"], SIZE["height"])
        assert len(picture) < MOST_BYTES, name
