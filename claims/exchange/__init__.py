"""Exports of what the contract's views publish."""
