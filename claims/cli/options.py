"""Options that several commands share, and what their values come to."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

from claims.cli.context import READ_URL_OPTION
from claims.model.kinds import ClaimClass, ClaimStatus, Form

if TYPE_CHECKING:
    from claims.catalogue.card import Filters

CommandFunction = TypeVar("CommandFunction", bound=Callable[..., int | None])


force_option = click.option(
    "--force", is_flag=True, help="Replace a file of the same name instead of refusing."
)


def output_option(
    about: str, *, folders: bool = False
) -> Callable[[CommandFunction], CommandFunction]:
    """-o FILE, where a command writes; None for standard output, which has the name `-` too.

    Args:
        about: What is written, for its help.
        folders: Whether it may be a folder.
    """
    return click.option(
        "-o", "--output", type=click.Path(dir_okay=folders, path_type=Path),
        callback=_standard_output, help=f"{about}; standard output if omitted, or with -.",
    )  # fmt: skip


def _standard_output(
    _ctx: click.Context, _param: click.Parameter, value: Path | None
) -> Path | None:
    return None if value == Path("-") else value


def _keep_read_url(context: click.Context, _param: click.Parameter, value: str | None) -> None:
    context.meta[READ_URL_OPTION] = value


read_only_url_option = click.option(
    "--read-only-url",
    metavar="URL",
    expose_value=False,
    callback=_keep_read_url,
    help="Replica to read from; default: DATABASE_READ_URL, else the database itself.",
)
"""For commands that open the database to read; `claims.cli.context` asks for its value."""


class _Day(click.DateTime):
    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - Click's signature
        """How a day is written."""
        return "YYYY-MM-DD"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The day's midnight."""
        try:
            day: datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            wrong = f"{value!r} is not a day of the calendar, written YYYY-MM-DD."
            self.fail(wrong, param, ctx)
        return day


DAY = _Day(["%Y-%m-%d"])


def _encoding(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """The name of an encoding of text."""
    try:
        "".encode(value or "utf-8")
    except LookupError:
        wrong = f"there is no encoding {value!r}; windows-1252 is that of older spreadsheets."
        raise click.BadParameter(wrong) from None
    return value


encoding_option = click.option(
    "--encoding",
    metavar="NAME",
    callback=_encoding,
    help="Encoding of a CSV sheet that is not in Unicode, such as windows-1252.",
)
FORMS = click.Choice([form.value for form in Form])
ALL = "all"
CLASSES = click.Choice([*(one.value for one in ClaimClass), ALL])
STATUSES = click.Choice([status.value for status in ClaimStatus])
WORDS_HELP = 'Words of the claim; "phrases", OR and -word work as in a web search.'
SOURCE_HELP = "SOURCE is a name or the start of an id that only one source has."


class FilterOptions(TypedDict):
    """Which claims a command is about; None for an option that is not given."""

    speaker: str | None
    outlet: str | None
    claim_form: str | None
    claim_class: tuple[str, ...]
    since: datetime | None
    until: datetime | None
    words: str | None


def add_options(
    command: CommandFunction, *options: Callable[[CommandFunction], CommandFunction]
) -> CommandFunction:
    """The command with the options, which its help lists in this order."""
    for option in reversed(options):
        command = option(command)
    return command


def filter_options(command: CommandFunction) -> CommandFunction:
    """The options of `FilterOptions`."""
    return add_options(
        command,
        click.option("--speaker", help="Part of one of the speaker's names."),
        click.option("--outlet", help="Part of the publishing outlet's name."),
        claim_form_option("quote: all in quotation marks; mixed: partly; paraphrase: none."),
        class_option,
        click.option("--since", type=DAY, help="First day of publication (UTC)."),
        click.option("--until", type=DAY, help="Last day of publication (UTC), included."),
        click.option("--words", help=WORDS_HELP),
    )


def class_option(command: CommandFunction) -> CommandFunction:
    """--class, which may be given several times."""
    about = "Of which kind the words are; may be repeated. all: of any; the queue leaves label and"
    return click.option(
        "--class", "claim_class", type=CLASSES, multiple=True, help=f"{about} belief out otherwise."
    )(command)


def read_classes(chosen: Sequence[str]) -> frozenset[ClaimClass]:
    """The classes that --class names; none if it is not given."""
    if ALL in chosen:
        return frozenset(ClaimClass)
    return frozenset(ClaimClass(one) for one in chosen)


def claim_form_option(about: str) -> Callable[[CommandFunction], CommandFunction]:
    """--claim-form; not --form, which reads like a short --format."""
    return click.option("--claim-form", type=FORMS, help=about)


def require_order(since: datetime | None, until: datetime | None) -> None:
    """Refuse days between which there is none.

    Raises:
        click.UsageError: The last day is before the first.
    """
    if since and until and until < since:
        raise click.UsageError(f"--until {until:%Y-%m-%d} is before --since {since:%Y-%m-%d}.")


def read_filters(options: FilterOptions, status: str | None = None) -> "Filters":
    """The filters that the options ask for."""
    from claims.catalogue.card import Filters

    since, until, form = options["since"], options["until"], options["claim_form"]
    require_order(since, until)
    return Filters(
        speaker=options["speaker"],
        outlet=options["outlet"],
        status=ClaimStatus(status) if status else None,
        form=Form(form) if form else None,
        classes=read_classes(options["claim_class"]),
        since=since.date() if since else None,
        until=until.date() if until else None,
        words=options["words"],
    )
