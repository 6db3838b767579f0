"""The lossless archive: every row out as a line, and back in."""
