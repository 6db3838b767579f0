"""What one tab of the queue is set to: the order, the filter, and what was passed over."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from claims import __version__
from claims.catalogue.card import Filters
from claims.desk.desk import Desk
from claims.desk.errors import BadFormError
from claims.ledger.signed_in import SignedIn
from claims.review.order import Order
from claims.review.session import ReviewSession
from claims.terminal.navigation import read_filter


@dataclass(frozen=True, slots=True)
class Tab:
    """The settings of a tab; they are part of its address, so that each tab has its own.

    Attributes:
        order: In which order cards come.
        filter_text: Which cards come, as a person types it.
        after: The claim that was passed over last.
    """

    order: Order = Order.ARTICLE
    filter_text: str = ""
    after: uuid.UUID | None = None

    @property
    def query(self) -> str:
        """The settings as the end of an address; empty if all are as they are at first."""
        values = {
            "order": self.order.value if self.order is not Order.ARTICLE else "",
            "filter": self.filter_text,
            "after": str(self.after or ""),
        }
        written = urlencode({name: value for name, value in values.items() if value})
        return f"?{written}" if written else ""

    def past(self, claim: uuid.UUID | None) -> "Tab":
        """The same settings, this claim passed over."""
        return replace(self, after=claim)


def read_tab(query: QueryParams) -> Tab:
    """The settings in an address; what cannot be read is as it is at first."""
    order = query.get("order", "")
    try:
        after = uuid.UUID(query.get("after", ""))
    except ValueError:
        after = None
    return Tab(
        order=Order(order) if order in set(Order) else Order.ARTICLE,
        filter_text=" ".join(query.get("filter", "").replace("\0", "").split())[:500],
        after=after,
    )


def review_session(
    desk: Desk, person: SignedIn, tab: Tab, act: Callable[[], uuid.UUID] | None = None
) -> ReviewSession:
    """A session of review for one request.

    Args:
        desk: The desk.
        person: Who asks.
        tab: The settings of their tab.
        act: Makes the id of what is decided; a form that is sent twice has the same id twice.

    Raises:
        BadFormError: The filter cannot be read.
    """
    filters = read_filter(tab.filter_text)
    if not isinstance(filters, Filters):
        raise BadFormError("the filter", filters)
    return ReviewSession(
        database=desk.database,
        reviewer=person.reviewer,
        name=person.name,
        tool_version=__version__,
        new_id=act or desk.new_id,
        filters=filters,
        order=tab.order,
        several=True,
        held=tab.after,
    )
