"""Who said what, in which words, through whom: the source-attributed claim database."""

__version__ = "0.1.0"
