"""Every page of the desk, from its table of routes: a page that is added is among them."""

import uuid
from collections.abc import Mapping
from urllib.parse import quote

from starlette.routing import Route

from claims.desk.app import create_app
from tests.desk.visitors import Served, Visitor
from tests.review.conftest import Room

STATES = (
    "/claims/{claim}@0", "/claims/{claim}?as_of={now}", "/claims/{claim}/comparison?as_of={now}",
    "/sources?as_of={now}", "/sources/{source}?as_of={now}", "/search?words=bridge&as_of={now}",
    "/ledger?as_of={now}", "/documents/{document}?as_of={now}", "/search?words=bridge",
    "/documents?as_of={now}", "/documents/{document}/text?as_of={now}", "/progress?as_of={now}",
    "/documents/{document}/changes?as_of={now}", "/review/{claim}?tab={tab}",
    "/sources?as_of=2999-01-01", "/sources?words=quill",
    "/documents?status=withdrawn", "/ledger?action=accept",
    "/ledger?by=nobody", "/review?order=oldest", "/nothing",
)  # fmt: skip
"""Addresses of pages in a further state: of the past, with a filter, with nothing to show."""


def ids_of(room: Room, claim: uuid.UUID) -> dict[str, str]:
    """What stands in the paths of routes: a claim, its article, its speaker; the moment."""
    [(now,)] = room.sql("SELECT clock_timestamp()")
    [(document, speaker)] = room.sql(
        "SELECT v.document, c.speaker FROM claims.claim c"
        " JOIN claims.document_version v ON v.id = c.version WHERE c.id = :claim",
        claim=claim,
    )
    return {
        "claim": str(claim),
        "document": str(document),
        "source": str(speaker),
        "format": "csv",
        "tab": uuid.uuid4().hex,
        "now": quote(now.isoformat()),
    }


def pages_of(served: Served, visitor: Visitor, ids: Mapping[str, str]) -> list[str]:
    """The paths that answer somebody with a page, of all routes that are read and of `STATES`.

    What stands in them for an id is left in braces.
    """
    routes = [route for route in create_app(served.desk).routes if isinstance(route, Route)]
    read = [route.path for route in routes if "GET" in (route.methods or ())]
    return [path for path in (*read, *STATES) if visitor.is_page(path.format_map(ids))]
