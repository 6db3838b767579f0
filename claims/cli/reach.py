"""Options of `claims desk` that say how others reach it."""

import ipaddress
from typing import TYPE_CHECKING, TypedDict, Union
from urllib.parse import urlsplit

import click

from claims.cli.options import CommandFunction, add_options

if TYPE_CHECKING:
    from claims.database.engine import Database

Network = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]  # noqa: UP007 - Click shows it


class _NetworkType(click.ParamType[Network]):
    """An address, or a network of them."""

    name = "ADDRESS"

    def convert(
        self, value: str | Network, param: click.Parameter | None, ctx: click.Context | None
    ) -> Network:
        """The network; one address is a network of its own."""
        try:
            return ipaddress.ip_network(value)
        except ValueError:
            self.fail(f"{value!r} is not an address such as 127.0.0.1 or 10.0.0.0/8.", param, ctx)


class ReachOptions(TypedDict):
    """How others reach the desk; None and False for options that are not given."""

    origin: str | None
    proxy: Network | None
    remote_user: bool


def reach_options(command: CommandFunction) -> CommandFunction:
    """The options of `ReachOptions`."""
    return add_options(
        command,
        click.option(
            "--origin",
            metavar="URL",
            help="Address under which others open the desk, behind a proxy with TLS:"
            " https://desk.example. They sign in with accounts (`claims users`).",
        ),
        click.option(
            "--proxy",
            type=_NetworkType(),
            help="Address of that proxy: its X-Forwarded-For says where people sign in from.",
        ),
        click.option(
            "--remote-user",
            is_flag=True,
            help="Let in whom the proxy names in Remote-User, in place of passwords.",
        ),
    )


def check_reach(reach: ReachOptions) -> None:
    """Refuse options that would let in more than whom they are meant for.

    Raises:
        BadOriginError: The address is none, or has no TLS: passwords would be read on the way.
    """
    from claims.desk.errors import BadOriginError

    origin = reach["origin"]
    if reach["remote_user"] and reach["proxy"] is None:
        raise click.UsageError("--remote-user needs --proxy: anybody could send that name.")
    if reach["proxy"] is not None and origin is None:
        raise click.UsageError("--proxy needs --origin, the address that people open.")
    if origin is None:
        return
    try:
        parts = urlsplit(origin)
        is_whole = origin == f"https://{parts.netloc}" and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or not parts.hostname or parts.username is not None:
        raise BadOriginError(origin)


def require_accounts(database: "Database") -> None:
    """Refuse to let others in before anybody has an account.

    Raises:
        NoAccountsError: Nobody has one.
    """
    from claims.ledger.accounts import has_accounts
    from claims.ledger.errors import NoAccountsError

    with database.reader() as session:
        if not has_accounts(session):
            raise NoAccountsError("claims desk")
