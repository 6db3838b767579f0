"""Copies kept up: what is due is compared, in the order of publication."""
