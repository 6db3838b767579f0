"""What can be read: each list with its view, and how much of it a token shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from claims.api.scopes import Scope
from claims.model.kinds import PUBLISHED
from claims.published.relations import READERS, Relation, find_relation

_STATES = tuple(sorted(PUBLISHED))


@dataclass(frozen=True, slots=True)
class Resource:
    """A list of rows at an address.

    Attributes:
        name: Its last part of the address, which is the view's name.
        scope: What a token must allow.
        only: What columns must be, one of these each, unless a token also allows `review`.
        public: Whether it is read without a token where the server is open to the public.
    """

    name: str
    scope: Scope = Scope.READ
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    public: bool = False

    @property
    def relation(self) -> Relation:
        """Its view."""
        return find_relation(self.name)

    @property
    def key(self) -> str | None:
        """The one column that names a row in an address; None if it takes several."""
        key = self.relation.key
        return key[0] if len(key) == 1 else None

    @property
    def filters(self) -> tuple[str, ...]:
        """The columns that a request may compare with a value."""
        return tuple(
            name
            for name, kind in self.relation.columns.items()
            if kind in READERS and kind != "double precision"
        )


RESOURCES = (
    Resource("claims", public=True),
    Resource("proposals", Scope.REVIEW),
    Resource("attributions", only={"status": _STATES}, public=True),
    Resource("evidence", only={"status": _STATES}, public=True),
    Resource("documents"),
    Resource("document_versions"),
    Resource("sources"),
    Resource("decisions", Scope.REVIEW),
    Resource(
        "links",
        only={"status": ("settled",), "a_status": _STATES, "b_status": _STATES},
        public=True,
    ),
    Resource("origins"),
    Resource("releases", public=True),
)
"""All lists, in the order in which they are described."""
