"""claims desk."""

import click

from claims.cli.context import fresh_id, open_database


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at: one that only this machine reaches.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8311,
    show_default=True,
    help="Port to listen at; 0 takes any that is free.",
)
@click.option("--read-only", is_flag=True, help="Show pages only; nothing can be changed.")
def desk(host: str, port: int, *, read_only: bool) -> None:
    """Open the desk: review and trace claims in a browser.

    Prints the address to open, and serves until Ctrl-C. The pages need the extra
    claims[desk].
    """
    from claims.desk.errors import DeskMissingError

    try:
        from claims.desk.app import create_app
        from claims.desk.desk import THREADS, Desk, origin_of
        from claims.desk.serve import listen, serve
    except ModuleNotFoundError as error:
        raise DeskMissingError("claims desk", error.name or "") from error
    listening = listen(host, port)
    with listening, open_database(keep=True, connections=THREADS) as database:
        opened = Desk(database, origin_of(host, listening.getsockname()[1]), fresh_id, read_only)
        click.echo(f"The desk is at {opened.origin}/ (Ctrl-C stops it)")
        serve(create_app(opened), listening)
