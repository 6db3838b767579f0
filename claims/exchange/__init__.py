"""Out of the contract's views, one file per format."""
