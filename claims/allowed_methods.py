"""How an address may be asked for, for what the desk and the API answer to other methods."""

from starlette.requests import Request
from starlette.routing import Match, Route


def methods_of(request: Request) -> set[str]:
    """The methods of all routes of an address: the router names those of its first one alone."""
    return {
        method
        for route in request.app.routes
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE
        for method in route.methods or ()
    }
