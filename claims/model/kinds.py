"""The closed lists of the field: forms, kinds of source, modes, states."""

from enum import StrEnum


class Form(StrEnum):
    """How much of a claim's content stands between quotation marks."""

    QUOTE = "quote"
    MIXED = "mixed"
    PARAPHRASE = "paraphrase"


class SourceKind(StrEnum):
    """What a source is; a group ("officials") keeps its words and is never merged into a person."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    GROUP = "group"


BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.OUTLET})
"""Kinds that are compared and merged with each other: an agency may be met as either."""


class Mode(StrEnum):
    """What a hop does with the content: "denied that X" is never shown as "said X"."""

    SAYS = "says"
    DENIES = "denies"
    EXPECTS = "expects"
    ASKS = "asks"
    PROMISES = "promises"
    BELIEVES = "believes"


class ClaimClass(StrEnum):
    """Of which kind the words of a claim are; docs/extraction.md has the convention."""

    SPEECH = "speech"
    """What somebody said, wrote, denied, asked or promised."""
    REQUEST = "request"
    """An act that somebody wants of somebody: "urged them to stay"."""
    LABEL = "label"
    """What somebody calls somebody or something: "called it a disgrace"."""
    FINDING = "finding"
    """What a document, a study, a poll or a court shows."""
    BELIEF = "belief"
    """What somebody thinks, hopes or fears, as others report it."""


READ_FIRST = frozenset({ClaimClass.SPEECH, ClaimClass.REQUEST, ClaimClass.FINDING})
"""The classes that the queue shows unless it is asked for others."""


class LinkKind(StrEnum):
    """How a claim relates to another one that it is linked to."""

    SAME_WORDS = "same_words"
    SAME_CONTENT = "same_content"
    CONTRADICTS = "contradicts"
    NARROWS = "narrows"
    RETRACTS = "retracts"


class ClaimStatus(StrEnum):
    """The state of a claim in review."""

    PROPOSED = "proposed"
    LATER = "later"
    SECOND_READING = "second_reading"
    DISPUTED = "disputed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


WAITING = frozenset(
    {ClaimStatus.PROPOSED, ClaimStatus.LATER, ClaimStatus.SECOND_READING, ClaimStatus.DISPUTED}
)
"""States in which a person still has to decide."""

PUBLISHED = frozenset({ClaimStatus.ACCEPTED, ClaimStatus.CORRECTED})
"""States whose claims `claims_v1.claims` shows."""


class Role(StrEnum):
    """What a person may do; each may do what those before may.

    A reader signs nothing; an adjudicator may also undo what others decided; an admin also sees who
    is signed in at the desk, and signs others out.
    """

    READER = "reader"
    REVIEWER = "reviewer"
    ADJUDICATOR = "adjudicator"
    ADMIN = "admin"

    def may(self, needed: "Role") -> bool:
        """Whether this role may do what another one may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


class DocumentStatus(StrEnum):
    """Whether a document may still be relied on."""

    USABLE = "usable"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class AddressKind(StrEnum):
    """How an address of a document was met."""

    CANONICAL = "canonical"
    OTHER = "other"
    FETCHED = "fetched"
    REDIRECT = "redirect"


class DocumentChange(StrEnum):
    """What a publisher's word does to a document at once, without a decision."""

    KILLED = "killed"
    """Its wire ordered not to use it."""
    RESTORED = "restored"
    """Its wire took the order back."""
    EMBARGOED = "embargoed"
    """It must not be published yet, though it was published here."""
    EMBARGO_ENDED = "embargo-ended"
    """Its publisher ended its embargo early. That one ends by itself, nobody notes."""
