"""Which key does what: the table of all keys, keymaps, and what keys do to a line. All pure."""
