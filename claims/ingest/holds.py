"""What is held back: embargoed and killed articles are not stored, and notices are reported."""

from datetime import datetime

from claims.model.article import Article
from claims.model.notice import Notice, NoticeKind
from claims.model.problem import Problem, Reason

SHOWN = 200
"""Code points of a notice's words that a problem keeps."""


REPORTED = frozenset({NoticeKind.KILL, NoticeKind.WITHDRAW})
"""Notices that nobody may miss."""


def is_held(article: Article, now: datetime) -> bool:
    """Whether an article must not be stored: its embargo is not over, or its publisher killed it.

    Args:
        article: What a reader returned.
        now: The moment, with a time zone.
    """
    killed = any(notice.kind is NoticeKind.KILL for notice in article.notices)
    return killed or _is_embargoed(article, now)


def find_holds(record: Article | Notice, now: datetime) -> list[Problem]:
    """The problems that tell of an embargo, a kill or a withdrawal.

    A correction is none: the article is stored with its words. Nor is a status that allows the use,
    which every ordinary item of a wire has.
    """
    notices = (record,) if isinstance(record, Notice) else record.notices
    problems = [_problem_of(notice) for notice in notices if notice.kind in REPORTED]
    if isinstance(record, Article) and record.embargo and _is_embargoed(record, now):
        until = record.embargo.until
        end = f"until {until.isoformat()}" if until else "without an end that can be read"
        detail = f"it must not be published yet, {end}"
        shown = record.embargo.words[:SHOWN]
        problems.append(
            Problem(record.place, Reason.EMBARGOED, detail, field="embargo", value=shown)
        )
    return problems


def _is_embargoed(article: Article, now: datetime) -> bool:
    embargo = article.embargo
    return embargo is not None and (embargo.until is None or embargo.until > now)


def _problem_of(notice: Notice) -> Problem:
    named = notice.external_id or notice.url or "the article"
    if notice.kind is NoticeKind.KILL:
        reason, detail = Reason.KILLED, f"its publisher orders not to use {named}"
    else:
        reason, detail = Reason.NOTICE, f"its publisher no longer stands by {named}"
    return Problem(notice.place, reason, f"{detail} ({notice.signal})", value=notice.words[:SHOWN])
