"""Fits the score of names on redistributable articles and says how well it holds.

`python -m bench.extraction.calibrate_names GUM_GIT_DIR [--write] [--gold FILE]`: the free genres of
the GUM corpus with its coreference (gum_names.py), and the twelve development articles, those
attributions whose speaker the gold names. Logistic regression as in calibrate.py, by folds of
documents. With --gold, the figures are those of that file's articles, by the model that ships.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.extraction.calibrate import Example, Numbers, cross_validated, fit
from bench.extraction.gum_names import read_documents
from claims.extraction.name_score import SURE, name_score_of
from claims.extraction.output import as_line
from claims.extraction.parse import load_parser, make_doc
from claims.extraction.pipeline import find_proposals
from tests.gate.outside import NEWS, require
from tests.gate.scorer import GoldArticle, GoldAttribution, is_same_name, pair_up, read_gold

MODEL = Path(__file__).parents[2] / "claims/extraction/lexicons/name_score.json"
SEED = 13
HIGH = 0.9


@dataclass(frozen=True)
class Names:
    """The names of some articles.

    Attributes:
        examples: One for each name that was proposed for words of the gold, right or not.
        named: How many attributions of the gold have a name.
    """

    examples: Sequence[Example]
    named: int


def main() -> None:
    """Fit, report, and with --write store the coefficients."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gum", type=Path, nargs="?")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--gold", type=Path)
    options = parser.parse_args()
    if options.gold:
        names = load_names(read_gold(options.gold))
        scores = [name_score_of(set(one.features)) for one in names.examples]
        print("\n".join(report(names, scores)))
        return
    news = load_names(read_gold(require(NEWS)), only_named=True)
    if options.gum is None:
        parser.error("name the git directory of the GUM corpus, or --gold FILE")
    gum = load_gum(options.gum)
    names = Names([*news.examples, *gum.examples], news.named + gum.named)
    print("\n".join(report(names, list(cross_validated(names.examples, SEED)))))
    if options.write:
        signs = sorted({sign for one in names.examples for sign in one.features})
        rows = [[1.0, *(one.features.get(sign, 0.0) for sign in signs)] for one in names.examples]
        weights = fit(np.array(rows), _right(names))
        columns = zip(("bias", *signs), weights, strict=True)
        fitted = {one: round(float(weight), 3) for one, weight in columns}
        MODEL.write_text(json.dumps(fitted, indent=1, sort_keys=True) + "\n", "utf-8")


def load_names(articles: Sequence[GoldArticle], *, only_named: bool = False) -> Names:
    """Every name that is proposed, suggestions with them, on words that the gold has.

    Args:
        articles: With their gold.
        only_named: Pass over what the gold gives no name for: some of it has one that its
            annotators did not resolve.
    """
    parser = load_parser()
    examples: list[Example] = []
    named = 0
    for article in articles:
        gold = article["attributions"]
        named += sum(bool(_names(one)) for one in gold)
        findings = find_proposals(parser(make_doc(parser, article["text"])), None)
        lines = as_line(article["doc_id"], [one.proposal for one in findings])["attributions"]
        for number, place in pair_up(article["text"], gold, lines).pairs.items():
            name = lines[place]["speaker"] or lines[place]["suggested_name"]
            names_of_gold = _names(gold[number])
            if (
                name is None
                or lines[place]["name_score"] is None
                or (only_named and not names_of_gold)
            ):
                continue
            right = any(is_same_name(name, other) for other in names_of_gold)
            signs = dict.fromkeys(findings[place].signs, 1.0)
            examples.append(Example(article["doc_id"], signs, right))
    return Names(examples, named)


def load_gum(repository: Path) -> Names:
    """Every name that is proposed for a mention of the corpus; `named` counts these."""
    parser = load_parser()
    examples = []
    for document, entities in read_documents(repository):
        for finding in find_proposals(parser(make_doc(parser, entities.text)), None):
            voice = finding.proposal.chain[0]
            name = voice.name or finding.proposal.suggested_name
            names_there = entities.names_at(voice.mention[0]) if finding.signs else None
            if name is None or names_there is None:
                continue
            right = any(is_same_name(name, other) for other in names_there)
            examples.append(Example(document, dict.fromkeys(finding.signs, 1.0), right))
    return Names(examples, len(examples))


def report(names: Names, scores: Sequence[float]) -> list[str]:
    """Precision, its recall, and the calibration error."""
    right, values = _right(names), np.array(scores)
    high, sure = values >= HIGH, values >= SURE
    of_all, of_right = right[high].sum() / names.named, right[high].sum() / right.sum()
    reach = f"recall {of_all:.3f} of all with a name, {of_right:.3f} of the right ones"
    suggested = f"suggestions {(~sure).sum()}, right among them {int(right[~sure].sum())}"
    gaps = [abs(values[b].sum() - right[b].sum()) for b in _bins(values)]
    return [
        f"names {len(values)}, right {right.mean():.3f}; gold with a name {names.named}",
        f"at {HIGH}: precision {right[high].mean():.3f}, {reach}",
        f"printed: precision {right[sure].mean():.3f}; {suggested}",
        f"calibration error, ten bins {sum(gaps) / len(values):.3f}",
    ]


def _bins(values: Numbers) -> list[NDArray[np.bool_]]:
    bins = np.minimum(9, (values * 10).astype(int))
    return [bins == number for number in range(10)]


def _right(names: Names) -> Numbers:
    return np.array([float(one.right) for one in names.examples])


def _names(one: GoldAttribution) -> list[str]:
    return one["speaker"]["names"] if one.get("speaker") else []


if __name__ == "__main__":
    main()
