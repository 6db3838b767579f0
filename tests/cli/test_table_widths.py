"""What a table shows on a terminal of any width."""

import pytest

from claims.cli.output import PADDING, widths_of

CLAIMS = {
    "id": ["0197f0a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b"],
    "date": ["2026-05-04"],
    "outlet": ["The Harbour and Pier Gazette"],
    "speaker": ["Ambassador Hamid Rowe-Strand"],
    "form": ["paraphrase"],
    "score": [".86"],
    "reported": ["denies: that the bridge was closed for the whole of the night"],
}
FEEDS = {
    "id": ["0197f0a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b"],
    "due": ["2026-05-04 10:00"],
    "title": ["The Harbour and Pier Gazette, all that is new"],
    "url": ["https://gazette.example/feeds/all-that-is-new.xml"],
}
MIXED = {"when": ["2026-05-04", "on a Friday in the spring of that year"], "what": ["said"]}


@pytest.mark.parametrize("cells", [CLAIMS, FEEDS], ids=["claims", "feeds"])
def test_no_day_is_cut_and_no_line_too_long_from_30_to_200(cells: dict[str, list[str]]) -> None:
    for room in range(30, 201):
        widths = widths_of(cells, room)
        total = sum(widths.values()) + PADDING * (len(widths) - 1)
        assert total <= room, (room, widths)
        for name in ("date", "due"):
            if name in cells:
                assert widths[name] >= len(cells[name][0]), (room, widths)
        last = [*cells][-1]
        assert last in widths
        if "outlet" in cells:
            assert "outlet" in widths, room


def test_words_that_are_no_days_are_cut() -> None:
    assert widths_of(MIXED, 30)["when"] < len(MIXED["when"][1])
