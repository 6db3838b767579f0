"""Views of the contract for queries that are built: sessions of the past find them as they were."""

from sqlalchemy import Column, MetaData, Table

from claims.contract.views import view_columns


def view_table(name: str) -> Table:
    """A view of the contract; a Table, which sessions of the past find elsewhere."""
    return Table(name, MetaData(), *map(Column, view_columns(name)), schema="claims_v1")
