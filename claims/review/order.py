"""In which order claims are read."""

from enum import StrEnum


class Order(StrEnum):
    """Orders of the queue.

    ARTICLE reads one article to its end before the next, in the order they came in: the least
    re-reading. UNCERTAIN begins where the extractor is least sure, OLDEST with what was published
    first, PRINTED with the words that most articles print.
    """

    ARTICLE = "article"
    UNCERTAIN = "uncertain"
    OLDEST = "oldest"
    PRINTED = "printed"
