"""claims desk publish."""

from pathlib import Path
from urllib.parse import urlsplit

import click

from claims.cli.context import fresh_id, open_to_read
from claims.cli.options import force_option, read_only_url_option
from claims.cli.output import counted


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--address", required=True, metavar="URL",
              help="Where the site will stand, such as https://claims.example.")  # fmt: skip
@force_option
@read_only_url_option
def publish(folder: Path, address: str, *, force: bool) -> None:
    """Write what is published as a site of static files.

    The site has a page for each published claim and each speaker, lists, the claims as JSON lines,
    feeds of new claims (Atom and JSON Feed), a sitemap and cards for other pages. No editor's name
    or reason is in it, and nothing that is undecided, under embargo or of a withdrawn article.
    --force replaces a site that was written before.
    """
    from claims.desk.errors import DeskMissingError

    try:
        from claims.desk.desk import Desk
        from claims.desk.site import MARK, write_site
    except ModuleNotFoundError as error:
        raise DeskMissingError("claims desk publish", error.name or "") from error
    from claims.exchange.file import whole_folder

    origin = _origin_of(address)
    with open_to_read() as database, whole_folder(folder, MARK, force=force) as into:
        number = write_site(Desk(database, origin, fresh_id), into)
    click.echo(f"{counted(number, 'claim')} published in {folder}")


def _origin_of(address: str) -> str:
    """The address without a slash at its end.

    Raises:
        click.UsageError: It is none that a site can stand at.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
        message = "--address is a scheme and a host, such as https://claims.example: pages link by"
        raise click.UsageError(f"{message} paths that begin there.")
    return f"{parts.scheme}://{parts.netloc}"
