"""claims ingest --proposals; docs/how-to/bring-your-own.md is played whole."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.cli.conftest import Claims
from tests.shape.tree import ROOT

DAM = "“The dam is old,” said Lena Moss. Karl Brandt, the mayor, denied that the wall leaks."
ANSWER = {
    "attributions": [
        {"quote": "The dam is old", "speaker_words": "Lena Moss", "cue_words": "said"},
        {
            "quote": "the wall leaks",
            "speaker_words": "Karl Brandt",
            "cue_words": "denied",
            "mode": "denies",
            "score": 0.4,
        },
        {"quote": "The dam is perfectly safe", "speaker_words": "Lena Moss", "score": 0.99},
    ]
}


class Model(BaseHTTPRequestHandler):
    """Answers like a language model's server: well to one article, with prose to others."""

    def do_POST(self) -> None:
        """Answer a request for a completion."""
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = request["messages"][-1]["content"]
        content = json.dumps(ANSWER) if text == DAM else "Sorry, I can not help with that."
        body = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]})
        self.send_response(200 if self.path == "/v1/chat/completions" else 404)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def model() -> Iterator[str]:
    """The address of a language model."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Model) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/chat/completions"
        server.shutdown()


def test_the_page_works_as_it_stands(
    claims: Claims, model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs/how-to/bring-your-own.md").read_text("utf-8")
    [script] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    articles = tmp_path / "articles.jsonl"
    lines = [{"doc_id": "dam", "text": DAM}, {"doc_id": "other", "text": "Nothing was said."}]
    articles.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
    asked = subprocess.run(
        [sys.executable, "-c", script],
        input=articles.read_bytes(),
        capture_output=True,
        env={"MODEL_ADDRESS": model, "MODEL_NAME": "local-model"},
        check=True,
    )
    assert b"other: no usable answer" in asked.stderr
    assert claims("ingest", str(articles), "--workers", "1").code == 0
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(asked.stdout)))
    ended = claims("ingest", "--proposals", "-")
    assert ended.code == 1
    assert ended.out.startswith("2 proposals fit their articles")
    [problem] = ended.err.splitlines()
    assert "standard input:1 field attributions.2.quote" in problem
    assert "do not stand in the article" in problem


def test_articles_and_proposals_come_in_one_command(claims: Claims, tmp_path: Path) -> None:
    article, proposals = tmp_path / "dam.txt", tmp_path / "p.jsonl"
    raw = "\ufeff" + DAM.replace(". ", ".\r\n")
    article.write_bytes(raw.encode())
    start = raw.index("the mayor")
    one = {"content": [[start, start + 9]], "speaker": None}
    proposals.write_text(json.dumps({"doc_id": str(article), "attributions": [one]}), "utf-8")
    command = ("ingest", str(article), "--workers", "1", "--proposals", str(proposals))
    for stored in ("1 stored, 0 already there", "0 stored, 1 already there"):
        ended = claims(*command, "--extractor", "my/model/1")
        assert (ended.code, ended.err) == (0, "")
        assert stored in ended.out
    rows = json.loads(claims("list", "--format", "json").out)
    assert [row["speaker"] for row in rows if row["words"] == "the mayor"] == ["[unknown]"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Missing argument"),
        (("a.txt", "--extractor", "a/1"), "name their file too"),
        (("a.txt", "--proposals", "p", "--dry-run"), "not a --dry-run"),
        (("-", "--proposals", "-"), "not both"),
        (("--proposals", "p", "--extractor", "editor/1"), "no other program may be called editor"),
        (("--proposals", "p", "--extractor", "model"), "name a program and its version"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    claims: Claims, arguments: tuple[str, ...], words: str
) -> None:
    ended = claims("ingest", *arguments)
    assert ended.code == 2
    assert words in ended.err


def test_a_missing_file_is_named(claims: Claims) -> None:
    ended = claims("ingest", "--proposals", "nowhere.jsonl", "--extractor", "a/1")
    assert ended.code == 1
    assert ended.err.startswith("error[path-not-found] nowhere.jsonl")
