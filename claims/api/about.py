"""Says what this is, and what the caller may do."""

from starlette.requests import Request
from starlette.responses import Response

from claims import __version__
from claims.api.answers import Body, json_response
from claims.api.openapi import describe
from claims.api.parameters import require_known
from claims.api.resources import RESOURCES
from claims.api.server import Server


def read_about(request: Request, server: Server) -> Response:
    """The program's version, the contract, the lists, and the scopes of the caller's token."""
    require_known(request.query_params.multi_items(), ())
    with server.database.reader() as session:
        access = server.access(session, request)
    body: Body = {
        "program": "claims",
        "version": __version__,
        "contract": "claims_v1",
        "lists": [resource.name for resource in RESOURCES],
        "public": server.public,
        "scopes": sorted(access.scopes),
        "token": access.token.name if access.token else None,
    }
    return json_response(request, body)


def read_description(request: Request, _server: Server) -> Response:
    """The API's description as OpenAPI; for everybody, as it is in the documentation too."""
    require_known(request.query_params.multi_items(), ())
    return json_response(request, describe())
