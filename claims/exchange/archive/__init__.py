"""The lossless archive: every table's rows as JSON lines, out and in."""
