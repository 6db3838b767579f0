# ruff: noqa: E501 - a text stands in one line
"""Who a mention is, and when nobody is better than somebody."""

import pytest

from claims.model.kinds import SourceKind
from tests.extraction.proposals import Propose


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Ada Quill came. Ms Quill said it was safe.", "Ada Quill", SourceKind.PERSON),
        ("Ada Quill, the mayor, came. The mayor said it was safe.", "Ada Quill", SourceKind.PERSON),
        ("Mayor Ada Quill came. She said it was safe.", "Ada Quill", SourceKind.PERSON),
        ("The minister said it was safe.", "The minister", SourceKind.GROUP),
        ("She said it was safe.", None, SourceKind.PERSON),
        ("Mr Bob Stone came. She said it was safe.", None, SourceKind.PERSON),
        ("Marek Stone and Sonja Stone run it. Sonja Stone said it was safe.", "Sonja Stone", SourceKind.PERSON),
        ("Sonja Stone and Marek Stone run it. Mr Stone said it was safe. Mrs Stone said it was old.", "Sonja Stone", SourceKind.PERSON),
        ("Sonja Stone and her brother, Marek Stone, run it. Mr Stone said it was safe.", "Marek Stone", SourceKind.PERSON),
        ("David Quill met Susan Stone. “It is safe,” she said.", "Susan Stone", SourceKind.PERSON),
        ("David Quill met Susan Stone. “It is safe,” he said.", "David Quill", SourceKind.PERSON),
        ("David Quill said it was old.\n\n“It was old. It was cold. It was wet. It was dark,” he said.\n\nIt opened again. It closed. It opened. It closed.\n\n“It is safe,” he said.", "David Quill", SourceKind.PERSON),
        ("Ada Quill came. A photographer/AFP/Bo Stone/AFP. She said it was safe.", "Ada Quill", SourceKind.PERSON),
        ("They said it was safe.", None, SourceKind.GROUP),
        ("Officials said it was safe.", "Officials", SourceKind.GROUP),
        ("The Harbour Times said it was safe.", "Harbour Times", SourceKind.OUTLET),
        ("The transport ministry said it was safe.", "transport ministry", SourceKind.ORGANISATION),
    ],
)  # fmt: skip
def test_who(propose_text: Propose, text: str, name: str | None, kind: SourceKind) -> None:
    voice = propose_text(text)[-1].chain[0]
    assert (voice.name, voice.kind) == (name, kind)
