"""What changes of some fields come to: the words and the form follow from the spans, and so on."""

import uuid

from sqlalchemy.orm import Session

from claims.model.claim import changes_between
from claims.model.json import JsonObject
from claims.review.decision_file import apply_changes
from claims.review.state import load_article, load_claim


def load_full_changes(session: Session, claim: uuid.UUID, changes: JsonObject) -> JsonObject:
    """All fields of a claim that change when some are set, as decisions write them.

    Raises:
        BadChangeError: The content is not in the article.
    """
    if not changes:
        return {}
    state = load_claim(session, claim).state
    return changes_between(state, apply_changes(load_article(session, claim), state, changes))
