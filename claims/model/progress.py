"""How long work says how far it is."""

from collections.abc import Callable
from typing import TypeAlias

ReportProgress: TypeAlias = Callable[[str, int], None]
"""Called with what is being counted, and how many more of it are finished since the last call."""
