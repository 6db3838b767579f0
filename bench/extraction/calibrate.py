"""Fits the score on articles that may be redistributed and says how well it holds.

`python -m bench.extraction.calibrate [--write] [--gold FILE]`: our own 28 articles (own.py) and the
twelve development articles from the folder CLAIMS_GOLD. Logistic regression with an L2 penalty, by
Newton's method. Ten folds by document, divided anew with SEED and the seeds after it. With --gold,
the figures are those of that file's articles, by the model that ships.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.extraction.own import read_own
from claims.extraction.output import as_line
from claims.extraction.parse import load_parser, make_doc
from claims.extraction.pipeline import find_proposals
from claims.extraction.score import features_of, score_of
from claims.extraction.trimming import count_words
from tests.gate.outside import NEWS, ROOT, require
from tests.gate.scorer import GoldArticle, read_gold, right_proposals

MODEL = ROOT / "claims/extraction/lexicons/score.json"
SEED = 13
FOLDS = 10
DIVISIONS = 20
"""Ways to divide the documents into folds; one alone gives 0.03 to 0.06 by luck."""

PENALTY = 10.0
"""Of 1, 3 and 10 the one whose scores hold best on articles of other papers (decision 0024)."""

HIGH = 0.9

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
    parser.add_argument("--gold", type=Path)
    options = parser.parse_args()
    if options.gold:
        examples = load_examples(read_gold(options.gold))
        shipped = np.array([score_of(example.features) for example in examples])
        print("\n".join(figures(shipped, _labels(examples))))
        return
    examples = load_examples([*read_own(), *read_gold(require(NEWS))])
    print("\n".join(report(examples)))
    if options.write:
        names = _names(examples)
        weights = fit(_matrix(examples, names), _labels(examples))
        coefficients = {n: round(float(w), 3) for n, w in zip(names, weights, strict=True)}
        MODEL.write_text(json.dumps(coefficients, indent=1, sort_keys=True) + "\n", "utf-8")


def load_examples(articles: Sequence[GoldArticle]) -> list[Example]:
    """Every proposal on some articles, and whether it is right."""
    parser = load_parser()
    examples = []
    for article in articles:
        findings = find_proposals(parser(make_doc(parser, article["text"])), None)
        line = as_line(article["doc_id"], [finding.proposal for finding in findings])
        right = right_proposals(article["text"], article["attributions"], line["attributions"])
        for finding, is_right in zip(findings, right, strict=True):
            words = count_words(article["text"], finding.report.content)
            features = features_of(finding.report, finding.proposal.chain[0], words)
            examples.append(Example(article["doc_id"], features, is_right))
    return examples


def report(examples: Sequence[Example]) -> list[str]:
    """The figures of scores whose model has not seen the document, by the first division.

    The calibration error is the mean over divisions: one alone may be lucky.
    """
    labels = _labels(examples)
    scores = [cross_validated(examples, SEED + number) for number in range(DIVISIONS)]
    errors = [calibration_error(one, labels) for one in scores]
    mean = f"{np.mean(errors):.3f} (mean of {DIVISIONS}, deviation {np.std(errors):.3f})"
    return [*figures(scores[0], labels), f"calibration error, ten folds by document: {mean}"]


def figures(scores: Numbers, labels: Numbers) -> list[str]:
    """What scores are worth: the share right at HIGH, how well they sort, how well they hold."""
    high = scores >= HIGH
    error = calibration_error(scores, labels)
    share, reach = labels[high].mean(), labels[high].sum() / labels.sum()
    return [
        f"proposals {len(labels)}, right {labels.mean():.3f}",
        f"at {HIGH}: precision {share:.3f}, recall {reach:.3f} of the right ones",
        f"AUC {auc(scores, labels):.3f}, calibration error, ten bins {error:.3f}",
    ]


def auc(scores: Numbers, labels: Numbers) -> float:
    """How often a right proposal stands above a wrong one; ties count half (Mann and Whitney)."""
    right, wrong = scores[labels == 1], scores[labels == 0]
    above = (right[:, None] > wrong[None, :]).mean()
    return float(above + (right[:, None] == wrong[None, :]).mean() / 2)


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
