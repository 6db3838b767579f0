"""Acts on claims from first to last: what is decided, sealed or refused, and written."""
