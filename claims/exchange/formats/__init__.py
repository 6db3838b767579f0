"""One file a format: claims as other programs read them."""
