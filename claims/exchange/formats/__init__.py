"""Claims as other programs read them, one file for each format."""
