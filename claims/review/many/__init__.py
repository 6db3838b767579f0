"""One act on many claims."""
