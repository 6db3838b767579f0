"""Fits the score on redistributable articles and says how well it is calibrated.

`python -m bench.extraction.calibrate [--write]`: the twelve development articles and GUM's free
genres (made by gum.py), both from the folder CLAIMS_GOLD. Logistic regression with an L2 penalty,
by Newton's method; a term for "not news" accounts for the lower share of right proposals in the
other genres, and is left out of what ships. Ten folds by document, divided anew with SEED and the
seeds after it.
"""

import argparse
import gzip
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claims.extraction.output import as_line
from claims.extraction.parse import load_parser, make_doc
from claims.extraction.pipeline import find_proposals
from claims.extraction.score import features_of
from claims.extraction.trimming import count_words
from tests.gate.outside import GUM, NEWS, ROOT, require
from tests.gate.scorer import GoldArticle, read_gold, right_proposals

MODEL = ROOT / "claims/extraction/lexicons/score.json"
SEED = 13
FOLDS = 10
DIVISIONS = 20
"""Ways to divide the documents into folds; one alone gives 0.03 to 0.06 by luck."""

PENALTY = 1.0
"""Of 0.3, 1, 3 and 10 the one with the least squared error, cross-validated."""

OTHER_GENRE = "not news"

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One proposal: its document, its features, whether it is right end to end."""

    document: str
    features: dict[str, float]
    right: bool


def main() -> None:
    """Fit, report, and with --write store the coefficients."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    examples = load_examples()
    for line in report(examples):
        print(line)
    if parser.parse_args().write:
        names = _names(examples)
        weights = fit(_matrix(examples, names), _labels(examples))
        coefficients = {
            n: round(float(w), 3) for n, w in zip(names, weights, strict=True) if n != OTHER_GENRE
        }
        MODEL.write_text(json.dumps(coefficients, indent=1, sort_keys=True) + "\n", "utf-8")


def load_examples() -> list[Example]:
    """Every proposal on the calibration articles."""
    articles = _articles()
    parser = load_parser()
    examples = []
    for article, is_news in articles:
        findings = find_proposals(parser(make_doc(parser, article["text"])), None)
        line = as_line(article["doc_id"], [finding.proposal for finding in findings])
        right = right_proposals(article["text"], article["attributions"], line["attributions"])
        for finding, is_right in zip(findings, right, strict=True):
            words = count_words(article["text"], finding.report.content)
            features = features_of(finding.report, finding.proposal.chain[0], words)
            if not is_news:
                features[OTHER_GENRE] = 1.0
            examples.append(Example(article["doc_id"], features, is_right))
    return examples


def _articles() -> list[tuple[GoldArticle, bool]]:
    """The calibration articles, and whether each is news."""
    news = read_gold(require(NEWS))
    with gzip.open(require(GUM), "rt", encoding="utf-8") as file:
        other: list[GoldArticle] = [json.loads(line) for line in file]
    return [(article, True) for article in news] + [(article, False) for article in other]


def report(examples: Sequence[Example]) -> list[str]:
    """Cross-validated calibration, mean over divisions: all examples, and the news alone."""
    labels = _labels(examples)
    news = np.array([OTHER_GENRE not in example.features for example in examples])
    errors = []
    for number in range(DIVISIONS):
        scores = cross_validated(examples, SEED + number)
        errors.append(
            (calibration_error(scores, labels), calibration_error(scores[news], labels[news]))
        )
    (whole, of_news), (spread, _) = np.mean(errors, axis=0), np.std(errors, axis=0)
    error = f"{whole:.3f}, of news {of_news:.3f} (mean of {DIVISIONS}, deviation {spread:.3f})"
    return [
        f"proposals {len(examples)}, right {labels.mean():.2f}",
        f"proposals of news {news.sum()}, right {labels[news].mean():.2f}",
        f"calibration error, ten bins, ten folds by document: {error}",
    ]


def cross_validated(examples: Sequence[Example], seed: int) -> Numbers:
    """Each example's score from a model that has not seen its document."""
    documents = sorted({example.document for example in examples})
    random.Random(seed).shuffle(documents)  # noqa: S311 - a seeded draw, no secret
    fold = {document: number % FOLDS for number, document in enumerate(documents)}
    names = _names(examples)
    matrix, labels = _matrix(examples, names), _labels(examples)
    folds = np.array([fold[example.document] for example in examples])
    scores = np.zeros(len(examples))
    for number in range(FOLDS):
        weights = fit(matrix[folds != number], labels[folds != number])
        scores[folds == number] = predict(matrix[folds == number], weights)
    return scores


def fit(matrix: Numbers, labels: Numbers) -> Numbers:
    """Weights of a penalised logistic regression; the first column, the bias, is free."""
    weights = np.zeros(matrix.shape[1])
    penalty = np.full(matrix.shape[1], PENALTY)
    penalty[0] = 1e-6
    for _ in range(30):
        chance = predict(matrix, weights)
        gradient = matrix.T @ (chance - labels) + penalty * weights
        curvature = (matrix.T * (chance * (1 - chance))) @ matrix + np.diag(penalty)
        weights -= np.linalg.solve(curvature, gradient)
    return weights


def predict(matrix: Numbers, weights: Numbers) -> Numbers:
    """Chances, 0 to 1."""
    chances: Numbers = 1 / (1 + np.exp(-(matrix @ weights)))
    return chances


def calibration_error(scores: Numbers, labels: Numbers) -> float:
    """Expected calibration error over ten equal bins: mean gap of score and share right."""
    bins = np.minimum(9, (scores * 10).astype(int))
    return float(
        sum(
            abs(scores[bins == b].sum() - labels[bins == b].sum()) for b in range(10)
        ) / len(scores)
    )  # fmt: skip


def _names(examples: Sequence[Example]) -> list[str]:
    return ["bias", *sorted({name for example in examples for name in example.features})]


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> Numbers:
    rows = [[1.0, *(e.features.get(name, 0.0) for name in names[1:])] for e in examples]
    return np.array(rows)


def _labels(examples: Sequence[Example]) -> Numbers:
    return np.array([float(example.right) for example in examples])


if __name__ == "__main__":
    main()
