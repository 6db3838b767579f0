"""The journey of an article into the database: read, extract, identify, store."""
