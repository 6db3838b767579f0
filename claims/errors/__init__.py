"""What every error of the program has in common: a code, a place, a message, a remedy."""
