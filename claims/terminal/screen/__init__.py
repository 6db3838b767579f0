"""What the screen shows: pure functions from state to lines."""
