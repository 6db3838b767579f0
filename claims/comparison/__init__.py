"""Across articles: copies, utterances, how words drift, what answers what; without a database."""
