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
        id: Which tab it is: the cards that it shows are before no other.
        order: In which order cards come.
        filter_text: Which cards come, as a person types it.
        after: The claim that was passed over last.
        left: The claim of the page that was left for this one; it is not part of the address.
    """

    id: uuid.UUID
    order: Order = Order.ARTICLE
    filter_text: str = ""
    after: uuid.UUID | None = None
    left: uuid.UUID | None = None

    @property
    def query(self) -> str:
        """The settings as the end of an address: the id, and what is not as it is at first."""
        values = {
            "order": self.order.value if self.order is not Order.ARTICLE else "",
            "filter": self.filter_text,
            "after": str(self.after or ""),
            "tab": self.id.hex,
        }
        return "?" + urlencode({name: value for name, value in values.items() if value})

    def past(self, claim: uuid.UUID | None) -> "Tab":
        """The same settings, this claim passed over."""
        return replace(self, after=claim)


def read_tab(query: QueryParams, new_id: Callable[[], uuid.UUID]) -> Tab:
    """The settings in an address; what cannot be read is as it is at first, in a new tab."""
    order = query.get("order", "")
    after = _read_id(query, "after")
    return Tab(
        id=_read_id(query, "tab") or new_id(),
        order=Order(order) if order in set(Order) else Order.ARTICLE,
        left=_read_id(query, "left") or after,
        filter_text=" ".join(query.get("filter", "").replace("\0", "").split())[:500],
        after=after,
    )


def _read_id(query: QueryParams, name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(query.get(name, ""))
    except ValueError:
        return None


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
        id=tab.id,
        several=True,
        held=tab.left,
    )
