"""From bytes to articles, one file per format; what cannot be read becomes a problem."""
