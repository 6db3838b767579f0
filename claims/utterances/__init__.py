"""Utterances: the words of claims compared across articles, and links proposed between them."""
