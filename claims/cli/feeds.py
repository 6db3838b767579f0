"""claims feeds: add, list, remove, run."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from claims.cli.context import SIGNER_HELP, fresh_id, open_database, open_to_read, reviewer_name
from claims.cli.feed_run import run
from claims.cli.fetch import make_fetcher
from claims.cli.options import read_only_url_option
from claims.cli.output import Row, counted, format_option, show_rows
from claims.cli.reading import report_problem

if TYPE_CHECKING:
    from claims.database.engine import Database
    from claims.feeds.check import CheckedFeed
    from claims.model.feed import FollowedFeed

COLUMNS = ("id", "name", "state", "asked", "next", "articles", "unread", "url")
SECONDS = {"m": 60, "h": 3600, "d": 86400}
LEAST, LONGEST = 60, 7 * 86400
FEED_HELP = "FEED is a feed's address, its id, or an unambiguous start of its id."


class Interval(click.ParamType[int]):
    """A length of time, in seconds."""

    name = "INTERVAL"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The seconds of `90m`, `2h` or `1d`."""
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"(\d{1,5})\s*([mhd])", value.strip().lower())
        if not match:
            self.fail(f"{value!r} is no interval such as 30m, 2h or 1d.", param, ctx)
        seconds = int(match[1]) * SECONDS[match[2]]
        if not LEAST <= seconds <= LONGEST:
            self.fail("an interval is between 1m and 7d.", param, ctx)
        return seconds


@click.group()
def feeds() -> None:
    """Follow feeds: add, list, remove and run them.

    A feed is an RSS, Atom or JSON feed or a sitemap of articles. `claims feeds run` reads those
    that are due; let cron or a systemd timer run it (docs/how-to/feeds.md).
    """


feeds.add_command(run)


@feeds.command()
@click.argument("url")
@click.option("--outlet", help="Outlet that publishes the articles; default: what they say.")
@click.option("--name", help="What to call the feed; default: its title.")
@click.option("--every", type=Interval(), default="1h", show_default=True,
              help="How often to read it, such as 30m, 2h or 1d.")  # fmt: skip
@click.option("--no-check", is_flag=True, help="Follow it without fetching it first.")
@click.option("--as", "signer", help=SIGNER_HELP)
def add(
    url: str,
    *,
    outlet: str | None,
    name: str | None,
    every: int,
    no_check: bool,
    signer: str | None,
) -> None:
    """Follow the feed at URL.

    It is fetched once, to see that it is a feed and what it holds; nothing of it is stored before
    `claims feeds run`. To change a feed's name, outlet or interval, remove it and add it again: its
    articles stay.
    """
    from claims.feeds.follow import NewFeed, add_feed, find_followed
    from claims.ledger.append import sign_in
    from claims.model.identity import derived_id
    from claims.text.clean import clean_line

    address = _address(url)
    with open_database() as database, database.reader() as session:
        stored = find_followed(session, address)
        checked = None if no_check or stored else _check(database, url)
    if stored:
        click.echo(_is_followed(stored))
        return
    feed = NewFeed(
        # The start of an id that is ordered by time would be the same for all of one minute.
        id=derived_id("feed", str(fresh_id())),
        url=checked.url if checked else address,
        name=clean_line(name or "") or (checked.title if checked else address),
        outlet=clean_line(outlet or "") or None,
        every=every,
    )
    with open_database() as database, database.writer() as session:
        signed_by = sign_in(session, reviewer_name(signer), fresh_id())
        stored = add_feed(session, feed, added_by=signed_by)
    if stored:
        click.echo(_is_followed(stored))
        return
    if feed.url != address:
        click.echo(f"It has moved for good; its new address is followed: {feed.url}", err=True)
    click.echo(f"{str(feed.id)[:8]} {feed.name}{_contents(checked)}, {_every(every)}.")


def _is_followed(feed: "FollowedFeed") -> str:
    return (
        f"{feed.short_id} is followed already: {feed.name}, {feed.url}, {_every(feed.every)}."
        " Nothing was changed."
    )


def _address(url: str) -> str:
    from claims.feeds.errors import BadFeedAddressError
    from claims.fetch.url import BadUrlError, parse_url

    try:
        return parse_url(url).text
    except BadUrlError as error:
        raise BadFeedAddressError(url, str(error)) from error


def _check(database: "Database", url: str) -> "CheckedFeed":
    from claims.feeds.check import check_feed
    from claims.fetch.client import ACCEPT_FEED
    from claims.readers.options import ReadOptions

    fetcher = make_fetcher(database)
    try:
        answer = fetcher.fetch(url, accept=ACCEPT_FEED)
    finally:
        fetcher.close()
    checked = check_feed(url, answer, ReadOptions(now=datetime.now(UTC)))
    for problem in checked.problems:
        report_problem(problem)
    return checked


def _contents(checked: "CheckedFeed | None") -> str:
    if checked is None:
        return ", not fetched yet"
    number = checked.articles + checked.addresses
    if not number:
        return ", no items at the moment"
    newest = f", the newest of {checked.newest:%Y-%m-%d}" if checked.newest else ""
    with_text = f", {checked.articles} with their text" if checked.articles else ""
    to_fetch = f", {checked.addresses} to fetch" if checked.addresses else ""
    return f": {counted(number, 'item')}{with_text}{to_fetch}{newest}"


def _every(seconds: int) -> str:
    """An interval in words: every 2h."""
    for unit in ("d", "h"):
        if seconds % SECONDS[unit] == 0:
            return f"read every {seconds // SECONDS[unit]}{unit}"
    return f"read every {seconds // 60}m"


@feeds.command("list")
@click.option("--all", "removed", is_flag=True, help="List those that were removed, too.")
@format_option
@read_only_url_option
def list_feeds(output_format: str | None, *, removed: bool) -> None:
    """List the feeds that are followed, with what came of each last."""
    from claims.feeds.follow import load_feeds

    with open_to_read() as database, database.reader() as session:
        followed = load_feeds(session, removed=removed)
    now = datetime.now(UTC)
    show_rows(COLUMNS, [_as_row(feed, now) for feed in followed], output_format)
    if not followed:
        click.echo("No feed is followed yet: `claims feeds add URL` follows one.", err=True)
    for feed in followed:
        if feed.detail and not feed.removed_at:
            click.echo(f"{feed.short_id} {feed.name}: {feed.detail}", err=True)
        if feed.moved_to and not feed.removed_at:
            click.echo(f"{feed.short_id} {feed.name} has moved to {feed.moved_to}", err=True)


def _as_row(feed: "FollowedFeed", now: datetime) -> Row:
    due_at = None if feed.removed_at else feed.due_at
    return {
        "id": feed.short_id,
        "name": feed.name,
        "state": "removed" if feed.removed_at else feed.state or "waiting",
        "asked": f"{_length(now - feed.asked_at)} ago" if feed.asked_at else None,
        "next": due_at and (f"in {_length(due_at - now)}" if due_at > now else "now"),
        "articles": feed.articles,
        "unread": feed.waiting,
        "url": feed.url,
        "feed": str(feed.id),
        "outlet": feed.outlet,
        "every": feed.every,
        "detail": feed.detail,
        "moved_to": feed.moved_to,
        "asked_at": feed.asked_at and feed.asked_at.isoformat(),
        "due_at": due_at and due_at.isoformat(),
        "added_at": feed.added_at.isoformat(),
        "added_by": feed.added_by,
        "removed_at": feed.removed_at and feed.removed_at.isoformat(),
    }


def _length(time: timedelta) -> str:
    """A length of time in the largest unit of which there are two: 3d, 5h, 90m."""
    minutes = max(int(time.total_seconds()) // 60, 0)
    for unit in ("d", "h"):
        if minutes * 60 >= 2 * SECONDS[unit]:
            return f"{minutes * 60 // SECONDS[unit]}{unit}"
    return f"{minutes}m"


@feeds.command(epilog=FEED_HELP)
@click.argument("feed")
@click.option("--as", "signer", help=SIGNER_HELP)
def remove(feed: str, signer: str | None) -> None:
    """Follow a feed no more.

    Its articles and their claims stay; they are not read again.
    """
    from claims.feeds.follow import find_feed, remove_feed
    from claims.ledger.append import sign_in

    with open_database() as database, database.writer() as session:
        followed = find_feed(session, feed)
        signed_by = sign_in(session, reviewer_name(signer), fresh_id())
        remove_feed(session, followed.id, removed_by=signed_by)
    click.echo(f"{followed.short_id} {followed.name} is not followed any more; its articles stay.")
