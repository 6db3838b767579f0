"""What a person settles about sources: merges, names, offices, ratings."""
