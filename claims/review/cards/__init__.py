"""Cards: what a reviewer sees of a claim."""
