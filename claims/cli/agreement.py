"""claims review agreement."""

from typing import TYPE_CHECKING

import click

from claims.cli.context import open_to_read
from claims.cli.options import read_only_url_option
from claims.cli.output import Row, Value, format_option, show_rows

if TYPE_CHECKING:
    from claims.review.coefficients import Agreement, Figure

COLUMNS = ("field", "form", "pairs", "incomplete", "same", "kappa", "alpha", "overlap")


@click.command()
@click.option("--by-form", is_flag=True, help="Show the figures for each form as well.")
@format_option
@read_only_url_option
def agreement(output_format: str | None, *, by_form: bool) -> None:
    """Show how far two readers agree, field by field.

    The figures are about claims, and links between claims, that two people read independently.
    `same` is the share of pairs in which both chose the same value. `kappa` (Cohen) and `alpha`
    (Krippendorff) correct for chance; each has a 95 % confidence interval. `overlap` compares the
    words chosen. A dash means that all readings were alike or that there are none. A pair that
    cannot be compared, such as the speaker of a claim that one reader rejected, counts as
    incomplete.
    """
    from claims.review.agreement import load_readings
    from claims.review.coefficients import compare_readings

    with open_to_read() as database, database.reader() as session:
        figures = compare_readings(load_readings(session), by_form=by_form)
    as_json = output_format == "json"
    show_rows(COLUMNS, [_row(one, as_json=as_json) for one in figures], output_format)
    if not figures:
        click.echo("No claim and no link has been read by two people yet.", err=True)


def _row(one: "Agreement", *, as_json: bool) -> Row:
    figures = {"kappa": one.kappa, "alpha": one.alpha, "overlap": one.overlap}
    return {
        "field": one.field,
        "form": one.form or "all",
        "pairs": one.pairs,
        "incomplete": one.incomplete,
        "same": one.same if as_json else "–" if one.same is None else f"{one.same:.1%}",
        **{name: _numbers(figure, as_json=as_json) for name, figure in figures.items()},
    }


def _numbers(figure: "Figure", *, as_json: bool) -> Value:
    if as_json:
        return {"value": figure.value, "low": figure.low, "high": figure.high}
    if figure.value is None:
        return "–"
    if figure.low is None:
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"
