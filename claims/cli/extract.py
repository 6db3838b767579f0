"""claims extract."""

from typing import TYPE_CHECKING, Unpack

import click

from claims.cli.engines import (
    MOST_WORKERS,
    EngineOptions,
    engine_options,
    load_extractor,
    open_extraction,
)
from claims.cli.reading import (
    ArticleOptions,
    read_inputs,
    reading_options,
    report_problem,
    require_one_article_each,
    warn_if_unreadable,
)
from claims.cli.streams import output_for_programs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from claims.extraction.output import CreditLine, Line
    from claims.ingest.extraction import ProposeMany
    from claims.model.article import Article, ReaderRecord
    from claims.model.problem import Problem
    from claims.model.proposal import Proposal


class ExtractOptions(ArticleOptions, EngineOptions):
    """What is said of the articles, and where they are extracted."""


@click.command()
@click.argument("paths", metavar="[PATH…]", nargs=-1)
@reading_options
@engine_options(
    click.option(
        "--workers",
        type=click.IntRange(1, MOST_WORKERS),
        default=1,
        show_default=True,
        help="Processes that extract claims.",
    )
)
@click.option("--all", "everything", is_flag=True, help="Include beliefs, feelings and intentions.")
@click.option("--explain", is_flag=True, help="Explain how each claim was found, in words.")
@click.option(
    "--cleaned", is_flag=True, help="Add the text as it would be stored, which offsets then count."
)
def extract(
    paths: tuple[str, ...],
    input_format: str | None,
    *,
    everything: bool,
    explain: bool,
    cleaned: bool,
    **options: Unpack[ExtractOptions],
) -> int:
    """Find claims without a database; print JSON lines.

    Writes one line per document to standard output. Reads article JSON lines, plain text or saved
    web pages; standard input if PATH is omitted. docs/how-to/extract.md lists the keys of a line,
    and says which text their offsets count.
    """
    from claims.text.display import visible

    if explain and cleaned:
        raise click.UsageError("--explain is for people and has no offsets: leave --cleaned away.")
    if explain and (options["workers"] > 1 or options["engine"] != "processes"):
        raise click.UsageError("--explain reads one by one: leave --workers and --engine away.")
    require_one_article_each(paths, options)
    problems: list[Problem] = []
    articles = _readable(read_inputs(paths or ("-",), input_format, options), problems)
    out = output_for_programs()
    if explain:
        for text in _explained(articles, everything=everything):
            click.echo(visible(text))
    else:
        results = _extracted(articles, problems, options, everything=everything)
        for article, proposals in results:
            out.write(_as_line(article, proposals, cleaned=cleaned) + b"\n")
            out.flush()
    return 1 if problems else 0


def _readable(records: "Iterable[ReaderRecord]", problems: "list[Problem]") -> "Iterator[Article]":
    """The articles; reports and collects problems, and warns of texts that are not read."""
    from claims.model.article import Article
    from claims.model.problem import Problem

    for record in records:
        if isinstance(record, Problem):
            report_problem(record)
            problems.append(record)
        elif isinstance(record, Article):
            warn_if_unreadable(record)
            yield record


def _extracted(
    articles: "Iterator[Article]",
    problems: "list[Problem]",
    options: EngineOptions,
    *,
    everything: bool,
) -> "Iterator[tuple[Article, Iterable[Proposal]]]":
    """Each article with what is found in it; what breaks the extractor is reported."""
    from claims.ingest.extraction import extract_articles
    from claims.model.problem import Problem, Reason

    load = load_everything if everything else load_extractor
    with open_extraction(options, load) as extraction:
        for article, extracted in extract_articles(articles, extraction):
            if isinstance(extracted, str):
                problem = Problem(article.place, Reason.EXTRACTION_FAILED, extracted)
                report_problem(problem)
                problems.append(problem)
            else:
                yield article, extracted


def load_everything() -> "ProposeMany":
    """The extractor that proposes beliefs, feelings and intentions, too."""
    from claims.extraction import pipeline

    parser = pipeline.load_parser()
    return lambda texts: list(pipeline.propose_many(parser, texts, everything=True))


def _as_line(article: "Article", proposals: "Iterable[Proposal]", *, cleaned: bool) -> "bytes":
    import orjson

    return orjson.dumps(_line_of(article, proposals, cleaned=cleaned))


def _line_of(article: "Article", proposals: "Iterable[Proposal]", *, cleaned: bool) -> "Line":
    from claims.extraction.output import as_line, in_raw_text

    if article.raw_text is not None and not cleaned:
        proposals = in_raw_text(article.raw_text, proposals)
    line = as_line(_doc_id(article), proposals)
    line["credit"] = _credit_of(article)
    return line | {"text": article.text} if cleaned else line


def _credit_of(article: "Article") -> "CreditLine | None":
    from claims.comparison.credits import find_credit

    credit = find_credit(article.text, article.byline, article.credit)
    return {"name": credit.name, "rule": credit.rule, "words": credit.words} if credit else None


def _explained(articles: "Iterator[Article]", *, everything: bool) -> "Iterator[str]":
    from claims.extraction.explain import explain
    from claims.extraction.parse import load_parser

    parser = load_parser()
    for article in articles:
        yield f"{_doc_id(article)}"
        yield from explain(parser, article.text, _day(article), everything=everything)


def _doc_id(article: "Article") -> str:
    return article.external_id or article.url or article.place


def _day(article: "Article") -> "date | None":
    return article.published_at.date() if article.published_at else None
