"""claims review agreement."""

from typing import TYPE_CHECKING, Any

import click

from claims.cli.context import open_database
from claims.cli.output import format_option, show_rows

if TYPE_CHECKING:
    from claims.review.coefficients import Agreement, Figure

COLUMNS = ("field", "form", "pairs", "incomplete", "same", "kappa", "alpha", "overlap")


@click.command()
@click.option("--by-form", is_flag=True, help="Also within quotes, mixed and paraphrases.")
@format_option
def agreement(form_of_output: str | None, *, by_form: bool) -> None:
    """Show how far two readers agree, field by field.

    Of claims that two people read without knowing of each other. Same is the part on which they
    said the same; kappa (Cohen) and alpha (Krippendorff) take off what chance would give, each
    with its interval of 95 %; overlap is that of the words chosen. A dash: all readings were alike,
    or there are none. Claims that cannot be compared, such as the speaker of one that a reader
    rejects, are counted as incomplete.
    """
    from claims.review.agreement import load_readings
    from claims.review.coefficients import compare_readings

    with open_database() as database, database.reader() as session:
        found = compare_readings(load_readings(session), by_form=by_form)
    as_json = form_of_output == "json"
    show_rows(COLUMNS, [_row(one, as_json=as_json) for one in found], form_of_output)
    if not found:
        click.echo("No claim was read by two people yet.", err=True)


def _row(one: "Agreement", *, as_json: bool) -> dict[str, Any]:
    figures = {"kappa": one.kappa, "alpha": one.alpha, "overlap": one.overlap}
    return {
        "field": one.field,
        "form": one.form or "all",
        "pairs": one.pairs,
        "incomplete": one.incomplete,
        "same": one.same if as_json else "–" if one.same is None else f"{one.same:.1%}",
        **{name: _numbers(figure, as_json=as_json) for name, figure in figures.items()},
    }


def _numbers(figure: "Figure", *, as_json: bool) -> object:
    if as_json:
        return {"value": figure.value, "low": figure.low, "high": figure.high}
    if figure.value is None:
        return "–"
    if figure.low is None:
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"
