"""Review: what may be decided, and the decision with its effect."""
