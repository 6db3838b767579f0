"""Readings of two people, as the ledger keeps them."""
