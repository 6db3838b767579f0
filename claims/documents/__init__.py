"""Documents: which article is which, and when each of its texts was seen."""
