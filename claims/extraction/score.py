"""How likely a proposal is right: a logistic model over a few features of how it was found.

Fitted by `python -m bench.extraction.calibrate` on data that may be redistributed; the coefficients
are lexicons/score.json. Right means that content and source both are (bench/README.md).
"""

import json
import math
from collections.abc import Mapping
from importlib.resources import files

from claims.extraction.report import Report
from claims.extraction.syntax import FINITE
from claims.extraction.verb_cues import OPEN
from claims.model.kinds import SourceKind
from claims.model.proposal import Hop

_MODEL: Mapping[str, float] = json.loads(
    files("claims.extraction").joinpath("lexicons", "score.json").read_text("utf-8")
)
STRONG = frozenset({"clause", "quote-before", "trailing", "beside", "signed", "bare"})
SHORT, LONG = 4, 60
"""Words of content below and above which boundaries are often wrong."""


def features_of(report: Report, voice: Hop, words: int) -> dict[str, float]:
    """What a proposal's score is read from, each 0 or 1.

    Args:
        report: The report.
        voice: The first hop of its chain.
        words: How many words its content has.
    """
    cue = report.cue
    subject = cue.head.tag_ if cue.head is not None else ""
    holds = {
        "clause": report.pattern in {"clause", "beside", "trailing"},
        "weak pattern": report.pattern not in STRONG,
        "faint": cue.entry.takes("faint") or cue.entry is OPEN,
        "no fact": cue.token.tag_ not in FINITE,
        "quoted cue": report.quoted,
        "marked": report.marked,
        "no mention": cue.head is None,
        "pronoun": subject in {"PRP", "DT", "WP"},
        "first person": cue.head is not None and cue.head.lower_ in {"i", "we", "you"},
        "named": voice.name is not None and voice.kind is SourceKind.PERSON,
        "short": words < SHORT,
        "long": words > LONG,
        f"reports {cue.entry.reports}": True,
        f"pattern {report.pattern}": True,
    }
    return {name: 1.0 for name, value in holds.items() if value}


def score_of(features: Mapping[str, float]) -> float:
    """A proposal's score, 0 to 1, two digits."""
    total = _MODEL["bias"] + sum(_MODEL.get(name, 0.0) * value for name, value in features.items())
    return round(1 / (1 + math.exp(-total)), 2)
