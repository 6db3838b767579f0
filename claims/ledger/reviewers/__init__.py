"""Who decides: added, closed, renamed, never removed."""
