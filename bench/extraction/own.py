"""Articles of our own with their claims, on which scores are fitted and rules are tried.

28 articles of 400 to 450 words with 567 claims, written and annotated for this after the guide of
the benchmark (tests/gate/benchmark/GUIDE.md), each by its writer alone. No article of the benchmark
is among them: those measure, these teach.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.gate.readings import Span, place
from tests.gate.scorer import GoldArticle, GoldAttribution

ARTICLES = Path(__file__).parent / "articles"


def read_own() -> list[GoldArticle]:
    """The articles in the order of their names, with their claims as the scorer reads gold."""
    return [_article(path) for path in sorted(ARTICLES.glob("*.json"))]


def _article(path: Path) -> GoldArticle:
    file = json.loads(path.read_text("utf-8"))
    text = path.with_suffix(".txt").read_text("utf-8")
    names = {name: [name, *others] for name, others in file["names"].items()}
    claims = [_attribution(text, one, names) for one in file["claims"]]
    return {"doc_id": path.stem, "text": text, "attributions": claims}


def _attribution(
    text: str, claim: Mapping[str, Any], names: Mapping[str, Sequence[str]]
) -> GoldAttribution:
    content: list[Span] = [place(text, words) for words in claim["words"]]
    printed = claim["speaker_words"]
    source = [place(text, printed, content)] if printed else []
    attribution: GoldAttribution = {
        "content": content,
        "source": source,
        "nested": claim["nested_in"] is not None,
    }
    if claim["named"]:
        attribution["speaker"] = {"names": list(names.get(claim["speaker"], [claim["speaker"]]))}
    return attribution
