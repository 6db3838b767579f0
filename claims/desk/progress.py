"""Progress: what was decided a day, what waits, what is accepted, how far readers agree."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.desk.access import require_person
from claims.desk.desk import desk_of
from claims.desk.pages import Page, render
from claims.desk.past import reading
from claims.desk.progress_picture import (
    CalibrationPicture,
    DaysPicture,
    draw_calibration,
    draw_days,
)
from claims.review.progress import Progress, load_progress


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPage(Page):
    """The counts with their pictures."""

    template: ClassVar[str] = "progress.html"
    here: ClassVar[str] = "progress"
    has_past: ClassVar[bool] = True
    progress: Progress
    days: DaysPicture
    calibration: CalibrationPicture

    @property
    def waiting(self) -> int:
        """How many claims wait."""
        return sum(number for _, number in self.progress.waiting)


def show_progress(request: Request) -> Response:
    """What reviewers did, and what waits; persons are not counted apart."""
    desk, person = desk_of(request), require_person(request)
    with reading(request) as (session, past):
        now = past.state.at if past else datetime.now(UTC)
        progress = load_progress(session, now, past=past is not None)
    page = ProgressPage(
        command="claims review agreement",
        person=person,
        past=past,
        progress=progress,
        days=draw_days(progress.days, now.date()),
        calibration=draw_calibration(progress.scores),
    )
    return render(desk, page)


ROUTES = (Route("/progress", show_progress),)
