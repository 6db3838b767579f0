"""Pages in a browser over the same functions as the terminal. No rule of review, no SQL."""
