"""Errors of feeds."""

from claims.errors.base import InputError, UsageError


class UnreachableFeedError(InputError):
    """The feed cannot be fetched."""

    code = "unreachable-feed"
    remedy = "Look at the address in a browser; --no-check follows it without fetching it."


class NoFeedError(InputError):
    """No feed is at this address."""

    code = "no-feed"
    remedy = "Give the address of an RSS, Atom or JSON feed or of a sitemap of articles."


class BadFeedAddressError(UsageError):
    """This is no address that is fetched."""

    code = "bad-feed-address"
    remedy = "Give the feed's whole address, such as https://pier.example/feed.xml."


class UnknownFeedError(UsageError):
    """No feed that is followed has this id or address."""

    code = "unknown-feed"
    remedy = "`claims feeds list` shows the feeds; an unambiguous start of an id will do."
