"""claims desk."""

from dataclasses import replace
from typing import Unpack

import click

from claims.cli.context import fresh_id, open_database
from claims.cli.options import read_only_url_option
from claims.cli.publishing import publish
from claims.cli.queue import keys_option, read_keys
from claims.cli.reach import ReachOptions, check_reach, reach_options, require_accounts
from claims.settings import read_settings, remembered_reviewer


@click.group(invoke_without_command=True)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at: one that only this machine reaches, unless --origin is given.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8311,
    show_default=True,
    help="Port to listen at; 0 takes any that is free.",
)
@click.option("--read-only", is_flag=True, help="Show pages only; nothing can be changed.")
@click.option(
    "--public",
    is_flag=True,
    help="Let everybody read by the API what is published, without a token.",
)
@keys_option
@reach_options
@read_only_url_option
@click.pass_context
def desk(
    context: click.Context,
    /,
    host: str,
    port: int,
    *,
    read_only: bool,
    public: bool,
    keys_file: str | None,
    **reach: Unpack[ReachOptions],
) -> None:
    """Open the desk: review and trace claims in a browser.

    Prints an address that can be opened once, and serves until Ctrl-C. The page behind it asks for
    your name, which signs your decisions; for another browser another address is printed then. The
    pages need the extra claims[desk]. Programs with a token use the API at /api/v1
    (docs/how-to/api.md). docs/how-to/deploy.md says how a newsroom reaches it from other machines.

    Without a command the desk is opened; `publish` writes what is published as a site of files.
    """
    if context.invoked_subcommand:
        return
    from claims.desk.errors import DeskMissingError

    try:
        from starlette.routing import Mount

        from claims.api.app import create_api
        from claims.api.server import Server
        from claims.desk.app import create_app
        from claims.desk.desk import THREADS, Desk, origin_of
        from claims.desk.entrance import Entrance
        from claims.desk.serve import listen, serve
    except ModuleNotFoundError as error:
        raise DeskMissingError("claims desk", error.name or "") from error
    check_reach(reach)
    reached = reach["origin"] is not None
    listening = listen(host, port, reached=reached)
    with listening, open_database(keep=True, connections=THREADS, replica=True) as database:
        origin = reach["origin"] or origin_of(host, listening.getsockname()[1])
        opened = Desk(
            database, origin, fresh_id, keymap=read_keys(keys_file), read_only=read_only,
            accounts=reached, proxy=reach["proxy"], remote_user=reach["remote_user"],
        )  # fmt: skip
        if reached:
            require_accounts(database)
        elif not read_only:
            opened = replace(opened, entrance=Entrance(origin, _announce, _expected_name()))
        if opened.entrance is None:
            click.echo(f"The desk is at {origin}/ (Ctrl-C stops it)")
        else:
            opened.entrance.open()
        api = Mount("/api/v1", create_api(Server(database, fresh_id, public)))
        serve(create_app(opened, [api]), listening)


desk.add_command(publish)


def _expected_name() -> str:
    settings = read_settings()
    return settings.reviewer or remembered_reviewer(settings.home) or ""


def _announce(address: str) -> None:
    """Print an address that is of use once."""
    click.echo(f"Open {address} (once; Ctrl-C stops the desk)")
