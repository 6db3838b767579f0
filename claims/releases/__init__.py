"""States of the past: by the name they were given, by moment, and how two of them differ."""
