"""Which scope opens which address: the table of scopes.txt, tried with a token of each scope."""

from pathlib import Path

from starlette.routing import Route

from claims.api.app import create_api
from claims.api.scopes import Scope
from claims.api.server import Server
from claims.cli.context import fresh_id
from claims.database.engine import Database
from tests.api.conftest import add_token, client_of

TABLE = Path(__file__).with_name("scopes.txt")
REFUSED = {401: "token-missing", 403: "scope-missing"}


def table_of(database: Database) -> str:
    """Each route with who may use it, as it turns out when it is asked."""
    server = Server(database, fresh_id)
    clients = {scope.value: client_of(server, add_token(database, scope)) for scope in Scope}
    clients = {"nobody": client_of(server)} | clients
    public = client_of(Server(database, fresh_id, public=True))
    lines = []
    for route in create_api(server).routes:
        assert isinstance(route, Route)
        [method] = (route.methods or set()) - {"HEAD"}
        path = route.path.replace("{key}", "x")
        ask = {
            "url": path, "method": method,
            "headers": {"Content-Type": "application/json"} if method == "POST" else {},
        }  # fmt: skip
        allowed = []
        for name, client in {**clients, "public": public}.items():
            answer = client.request(**ask)  # type: ignore[arg-type]
            refused = answer.status_code in REFUSED
            assert not refused or answer.json()["code"] == REFUSED[answer.status_code]
            allowed += [] if refused else [name]
        who = "everybody" if "nobody" in allowed else ", ".join(allowed)
        lines.append(f"{method:5}{route.path:28}{who}")
    return "\n".join([*lines, ""])


def test_the_table_is_what_happens(database: Database) -> None:
    assert table_of(database) == TABLE.read_text("utf-8")
