"""Feeds that are followed: what is due is asked for, stored, and asked for again later."""
