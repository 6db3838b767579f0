"""What is stored, found again: lists, single claims, traces, full-text search."""
