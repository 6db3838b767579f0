"""What the linter is told to overlook has a reason beside it."""

import re
import tokenize

from tests.shape.tree import ROOT, tracked_files

EXCUSED = re.compile(r"# (?:ruff: )?noqa: [A-Z]+\d+(?:, [A-Z]+\d+)* - \S.*\w")


def test_every_noqa_gives_its_codes_and_a_reason() -> None:
    # RUF100 finds those that excuse nothing.
    breaches = []
    for path in tracked_files():
        name = str(path.relative_to(ROOT))
        if path.suffix != ".py" or not path.is_file():
            continue
        with path.open("rb") as source:
            comments = [t for t in tokenize.tokenize(source.readline) if t.type == tokenize.COMMENT]
        breaches += [
            f"{name}:{comment.start[0]} {comment.string}"
            for comment in comments
            if "noqa" in comment.string and not EXCUSED.search(comment.string)
        ]
    assert breaches == []
