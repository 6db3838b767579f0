"""What `import claims` offers to programmers: open a database, read the views, propose, ingest."""
