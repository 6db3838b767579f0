"""Views of the contract for queries that are built: sessions of the past find them as they were."""

from functools import cache

from sqlalchemy import Column, MetaData, Table

from claims.contract.views import view_columns


def view_table(name: str) -> Table:
    """A view of the contract; a Table, which sessions of the past find elsewhere."""
    return Table(name, MetaData(), *map(Column, view_columns(name)), schema="claims_v1")


@cache
def shared_view(name: str) -> Table:
    """The same, one Table for all, for queries that have a view once and no other query in them.

    A statement with a Table of its own is compiled anew each time.
    """
    return view_table(name)
