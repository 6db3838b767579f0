"""Answers requests that read: lists, single rows, the search, the change feed."""

from collections.abc import Mapping
from urllib.parse import unquote_to_bytes, urlencode

from sqlalchemy import text
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from claims.api.answers import Body, json_response
from claims.api.cursor import write_cursor
from claims.api.errors import BadParameterError, RowNotFoundError
from claims.api.parameters import (
    MOST_ROWS,
    ROWS,
    ListRequest,
    StateRequest,
    hidden,
    once,
    read_fields,
    read_limit,
    read_list,
    read_state,
    require_known,
)
from claims.api.resources import Resource
from claims.api.scopes import Scope
from claims.api.server import Server
from claims.model.moment import AsOf
from claims.published.relations import Scalar, read_value
from claims.published.rows import Record, RowQuery, Value, load_changes, load_rows, search_claims
from claims.releases.states import load_release, load_state_at

LONGEST_WORDS = 400
"""Characters that a search takes."""

MOST_RESULTS = 200
"""Claims that one search returns at most."""

TIME_LIMIT = text("SET LOCAL statement_timeout = '10s'")
"""A condition that nothing matches walks the whole view: nobody else may wait for that."""


def read_rows(request: Request, server: Server, resource: Resource) -> Response:
    """A page of a list."""
    with server.database.reader() as session:
        access = server.access(session, request)
        access.require(resource.scope, public=resource.public)
        asked = read_list(_pairs(request), resource, access.scopes)
        state = _load_state(session, asked.state)
        rows = _load_limited(session, asked.query) if state is None else None
    if rows is None:
        with server.database.reader(state) as session:
            rows = _load_limited(session, asked.query)
    body = _page(asked, rows, state)
    return json_response(request, body, link=_link(request, body["next"]))


def read_row(request: Request, server: Server, resource: Resource) -> Response:
    """One row by its key."""
    column = resource.key or ""
    pairs = _pairs(request)
    with server.database.reader() as session:
        access = server.access(session, request)
        access.require(resource.scope, public=resource.public)
        require_known(pairs, ("fields", "as_of", "release"))
        key = _read_key(resource, column, request.path_params["key"])
        conditions = {**hidden(resource, access.scopes), column: key}
        query = RowQuery(resource.relation, read_fields(pairs, resource), conditions)
        state = _load_state(session, read_state(pairs))
        rows = _load_limited(session, query) if state is None else None
    if rows is None:
        with server.database.reader(state) as session:
            rows = _load_limited(session, query)
    if not rows:
        raise RowNotFoundError(f"{resource.name}/{key}")
    return json_response(request, rows[0])


def search(request: Request, server: Server) -> Response:
    """Published claims by their words."""
    pairs = _pairs(request)
    with server.database.reader() as session:
        server.access(session, request).require(Scope.READ, public=True)
        require_known(pairs, ("q", "limit"))
        words, limit = once(pairs, "q"), read_limit(pairs, most=MOST_RESULTS, usual=ROWS)
        if not words or len(words) > LONGEST_WORDS:
            raise BadParameterError("q", f"it holds 1 to {LONGEST_WORDS} characters")
        read_value("q", "text", words)
        session.execute(TIME_LIMIT)
        return json_response(request, {"rows": search_claims(session, words, limit)})


def read_changes(request: Request, server: Server) -> Response:
    """What was decided since a token."""
    pairs = _pairs(request)
    with server.database.reader() as session:
        server.access(session, request).require(Scope.READ)
        require_known(pairs, ("after", "limit"))
        token, limit = once(pairs, "after"), read_limit(pairs, usual=MOST_ROWS)
        if token is not None:
            read_value("after", "text", token)
        session.execute(TIME_LIMIT)
        rows = load_changes(session, token or None, limit)
    following = rows[-1]["token"] if rows else token
    return json_response(request, {"rows": rows, "next": following})


def _read_key(resource: Resource, column: str, text_: str) -> Scalar:
    return read_value(column, resource.relation.columns[column], text_)


def _pairs(request: Request) -> list[tuple[str, str]]:
    """The parameters of an address, in order.

    Raises:
        BadParameterError: They are not in UTF-8.
    """
    try:
        unquote_to_bytes(request.url.query.replace("+", " ")).decode()
    except UnicodeDecodeError:
        raise BadParameterError("parameters", "they are not in UTF-8") from None
    return request.query_params.multi_items()


def _load_state(session: Session, asked: StateRequest) -> AsOf | None:
    if asked.release is not None:
        return load_release(session, asked.release).as_of
    return load_state_at(session, asked.moment) if asked.moment is not None else None


def _load_limited(session: Session, query: RowQuery) -> list[Record]:
    session.execute(TIME_LIMIT)
    return load_rows(session, query)


def _page(asked: ListRequest, rows: list[Record], state: AsOf | None) -> dict[str, Body]:
    """A page, and where the next one begins."""
    page, following = rows[: asked.limit], None
    if len(rows) > asked.limit:
        key = [_scalar(page[-1][name]) for name in asked.query.relation.key]
        following = write_cursor(asked.described_as, key)
    if asked.fields:
        page = [{name: row[name] for name in asked.fields} for row in page]
    return {"rows": page, "next": following, "state": _state(state)}


def _scalar(value: Value) -> Scalar:
    """A value of a key, which is text, a number or an id."""
    return value if isinstance(value, str | int) else str(value)


def _state(state: AsOf | None) -> Mapping[str, Body] | None:
    return {"name": state.name, "no": state.no, "at": state.at} if state else None


def _link(request: Request, following: Body) -> str | None:
    """The address of the next page, as RFC 8288 has it."""
    if not isinstance(following, str):
        return None
    others = [pair for pair in request.query_params.multi_items() if pair[0] != "after"]
    query = urlencode([*others, ("after", following)])
    return f'<{request.url.path}?{query}>; rel="next"'
