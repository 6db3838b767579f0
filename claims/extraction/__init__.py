"""From an article's text to the claims it reports: pure, deterministic, without a database."""
