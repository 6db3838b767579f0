"""How an utterance spread: a tree from the voice through agencies to the outlets that printed it.

A printing hangs from the printing that its article copies; else from the carriers that its chain
names, or from their own printing if there is one; else from the origin that its article credits;
else from the voice itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from claims.comparison.printing import Printing, Voice
from claims.model.kinds import Mode

if TYPE_CHECKING:
    import uuid


@dataclass(slots=True)
class Node:
    """The voice, a carrier, or an outlet's printing.

    Attributes:
        name: As it is shown.
        printing: The printing; None for those whom words only came through.
        at: When it was first printed here or below.
        children: Those who had it from here, the earliest first.
    """

    name: str
    printing: Printing | None = None
    at: datetime | None = None
    children: list["Node"] = field(default_factory=list)

    def walk(self, depth: int = 0) -> Iterator[tuple["Node", int]]:
        """This node and all below it, each with its depth."""
        yield self, depth
        for child in self.children:
            yield from child.walk(depth + 1)


def build_spread(printings: Sequence[Printing]) -> Node:
    """The tree of an utterance's printings; there must be one at least.

    Args:
        printings: In the order of their publication.
    """
    named = [each.speaker for each in printings if each.speaker.source is not None]
    root = Node((named or [printings[0].speaker])[0].shown)
    printed: dict[uuid.UUID | None, Node] = {}
    outlets: dict[str, Node] = {}
    for printing in _in_order(printings):
        parent = printed.get(printing.original) if printing.original else None
        if parent is None:
            parent = root
            for carrier in _carriers(printing):
                parent = outlets.get(carrier.shown) or _carrier(parent, carrier)
        node = Node(printing.outlet_name, printing, printing.published_at)
        parent.children.append(node)
        printed.setdefault(printing.document, node)
        outlets.setdefault(printing.outlet_name, node)
    _settle(root)
    return root


def _in_order(printings: Sequence[Printing]) -> list[Printing]:
    """Those that others hang from come first: dates may say otherwise.

    A copy may bear an earlier date than its original, and an agency's own article a later one than
    the paper that cites it.
    """
    documents = {each.document for each in printings}
    return sorted(printings, key=lambda each: (each.original in documents, bool(_carriers(each))))


def _carriers(printing: Printing) -> list[Voice]:
    """Through whom it came to its outlet, from the voice outward, each once."""
    carriers: list[Voice] = []
    for hop in printing.chain[1:]:
        own = hop.source is not None and hop.source == printing.outlet_id
        if not own and hop.name not in [each.name for each in carriers]:
            carriers.append(hop)
    names = [origin.name for origin in printing.origins if origin.name]
    if not carriers and len(names) == 1 and names[0] != printing.outlet:
        return [Voice(names[0], Mode.SAYS)]
    return carriers


def _carrier(parent: Node, carrier: Voice) -> Node:
    for child in parent.children:
        if child.printing is None and child.name == carrier.shown:
            return child
    node = Node(carrier.shown)
    parent.children.append(node)
    return node


def _settle(node: Node) -> None:
    """Give carriers the time of their first printing, and put children in order."""
    for child in node.children:
        _settle(child)
    times = [child.at for child in node.children if child.at is not None]
    if node.printing is None and times:
        node.at = min(times)
    node.children.sort(key=lambda child: (child.at is None, child.at and child.at.timestamp()))
