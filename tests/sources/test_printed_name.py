"""The name that is suggested for somebody new."""

import pytest

from claims.sources.printed_name import printed_name

ARTICLE = "General Ben Strand met Ada Quill. Mayor Quill and Strand spoke. Ms Moor left."


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Strand", "Ben Strand"),
        ("Mayor Quill", "Ada Quill"),
        ("Ms Moor", "Moor"),
        ("the team's coach, Cora Penn, in the first match", "Cora Penn"),
        ("Cora Penn, editor at the Harbour Gazette", "Cora Penn"),
        ("Labour's Shadow Home Secretary Cora Penn", "Cora Penn"),
        ("New Zealand's Prime Minister Cora Penn", "Cora Penn"),
        ("Harbour Authority director Colonel Omar al-Penn", "Omar al-Penn"),
        ("the Harbour\nAgency", "Harbour Agency"),
        ("Dr Cora Ann Penn", "Cora Ann Penn"),
        ("Port officials", "Port officials"),
        ("a Harbour Agency reporter", "a Harbour Agency reporter"),
        ("Penn of the Harbour Agency", "Harbour Agency"),
        ("the mayor", "the mayor"),
        ("she", "she"),
        ("", ""),
    ],
)
def test_names(mention: str, name: str) -> None:
    assert printed_name(ARTICLE, mention) == name
