"""Code points: cleaning text once, slicing it, showing it safely."""
