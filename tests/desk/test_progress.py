"""The page of progress: counts against a plain count, intervals, pictures that fit."""

from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from claims.desk.progress_picture import (
    BORDER,
    GROUND,
    SIDE,
    WIDTH,
    draw_calibration,
    draw_days,
)
from claims.review.coefficients import wilson_interval
from claims.review.progress import DAYS, Day, ScoreBin
from tests.desk.conftest import Sit
from tests.review.conftest import Room

TODAY = date(2026, 5, 4)


def test_the_page_counts_what_was_decided_and_what_waits(room: Room, sit: Sit) -> None:
    claims = room.store(outlet="The Pier")
    room.act("Ann", claims[0], "accept")
    room.act("Ann", claims[1], "reject")
    ann = sit(path="/progress")
    assert ann.find("//h2[@id='h-waiting']") == ["1 claim waits"]
    rules = ann.find("//section[@aria-labelledby='h-rules']//tbody/tr/td[position()<6]")
    assert rules == ["verb", "2", "1", "0", "1"]
    outlets = ann.find("//section[@aria-labelledby='h-outlets']//tbody/tr/td[position()<6]")
    assert outlets == ["The Pier", "2", "1", "0", "1"]
    assert ann.find("//section[@aria-labelledby='h-days']//tbody/tr/td[2]") == ["2"]
    scores = ann.find("//section[@aria-labelledby='h-scores']//tbody/tr/td[2]")
    assert scores == ["1", "1"]
    assert "No claim was read by two people yet" in ann.page.text


def test_progress_is_shown_as_it_was(room: Room, sit: Sit) -> None:
    claims = room.store(outlet="The Pier")
    room.act("Ann", claims[0], "accept")
    [(before,)] = room.sql("SELECT clock_timestamp()")
    room.act("Ann", claims[0], "withdraw", reason="wrong")
    room.act("Ann", claims[1], "reject")
    ann = sit(path="/progress")
    assert ann.find("//h2[@id='h-waiting']") == ["1 claim waits"]
    ann.page = ann.client.get("/progress", params={"as_of": before.isoformat()})
    assert ann.find("//h2[@id='h-waiting']") == ["2 claims wait"]
    rules = ann.find("//section[@aria-labelledby='h-rules']//tbody/tr/td[position()<6]")
    assert rules == ["verb", "1", "1", "0", "0"]
    assert ann.find("//section[@aria-labelledby='h-days']//tbody/tr/td[2]") == ["1"]
    assert "Counted of the present alone" in ann.page.text


def test_an_empty_desk_has_a_page_too(sit: Sit, stranger: TestClient) -> None:
    ann = sit(path="/progress")
    assert ann.page.status_code == 200
    assert "Nothing was decided yet" in ann.page.text
    assert stranger.get("/progress").status_code == 401


@pytest.mark.parametrize(
    ("hits", "number", "low", "high"),
    # R. G. Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
     (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_intervals_are_those_of_the_literature(
    hits: int, number: int, low: float, high: float
) -> None:
    figure = wilson_interval(hits, number)
    assert figure.value == hits / number
    assert figure.low == pytest.approx(low, abs=6e-5)
    assert figure.high == pytest.approx(high, abs=6e-5)
    assert wilson_interval(0, 0).value is None


def test_bars_and_points_stay_inside_their_pictures() -> None:
    days = [Day(TODAY - timedelta(days=n), n + 1, 0) for n in range(DAYS + 5)]
    picture = draw_days(days, TODAY)
    assert len(picture.bars) == DAYS + 1
    assert all(0 <= bar.x <= WIDTH - bar.width and 0 < bar.top <= GROUND for bar in picture.bars)
    plot = draw_calibration([ScoreBin(0.0, 5, 0), ScoreBin(1.0, 50, 50), ScoreBin(0.5, 0, 0)])
    assert [point.x for point in plot.points] == [BORDER, SIDE - BORDER]
    assert [point.y for point in plot.points] == [SIDE - BORDER, BORDER]
    assert all(point.high <= point.y <= point.low for point in plot.points)
