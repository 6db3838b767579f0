"""The published views: the one contract that other programs rely on."""
