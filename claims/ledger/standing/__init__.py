"""What the tables say, beside what the ledger says."""
