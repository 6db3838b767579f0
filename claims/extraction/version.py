"""The extraction's version, apart so that it can be read without loading a parser."""

VERSION = "2026.11.9"
"""Goes with every stored proposal; a change to any rule or lexicon moves it."""
