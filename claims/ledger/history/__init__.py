"""What was decided since, by whom, and taking it back."""
