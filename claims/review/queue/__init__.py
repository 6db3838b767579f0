"""Which card comes next, and whose it is until when."""
