"""Two people read one claim without knowing of each other; a third settles a dispute."""
