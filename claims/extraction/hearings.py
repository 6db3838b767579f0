"""Finds what courts and committees were told, where nobody says by whom: "…, the court heard"."""

from spacy.tokens import Token

from claims.extraction.cue import Cue, make_cue
from claims.extraction.lexicon import SAYS
from claims.extraction.negation import is_negated
from claims.extraction.syntax import agent_of, first_child, is_passive, is_verb, span_of

HEARD = frozenset({"heard", "hears", "told", "informed"})
HEARINGS = frozenset(
    ["court", "courts", "inquest", "inquiry", "tribunal", "hearing", "trial", "commission",
     "parliament", "committee"]
)  # fmt: skip
"""Where statements are heard in public; what was heard came through them."""

LISTENERS = HEARINGS | frozenset(
    ["jury", "jurors", "juries", "panel", "magistrates", "judges", "lawmakers", "mps", "senators",
     "legislators", "councillors", "coroner"]
)  # fmt: skip
"""Those who hear statements in public, people among them."""


def find_hearing(token: Token) -> Cue | None:
    """As in "the court heard that …", "jurors were told that …"; the cue's source is who heard."""
    if token.lower_ not in HEARD or not is_verb(token) or token.dep_ in {"relcl", "acl", "amod"}:
        return None
    passive = token.lower_ in {"told", "informed"}
    if (
        passive != is_passive(token)
        or (passive and agent_of(token) is not None)
        or is_negated(token)
    ):
        return None
    listener = first_child(token, "nsubjpass" if passive else "nsubj")
    if listener is None or listener.lower_ not in LISTENERS:
        return None
    return make_cue(token, (span_of(token, token),), listener, SAYS, rule="heard")


def carries(cue: Cue) -> bool:
    """Whether the words came through who heard them: "the court heard", not "jurors were told"."""
    return cue.head is not None and cue.head.lower_ in HEARINGS and not is_passive(cue.token)
