"""Sources found and shown: lists, single sources with all that is known of them, timelines."""
