"""Evidence: the bytes that claims were read from, kept, shown, verified and handed out."""
