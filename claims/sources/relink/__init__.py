"""Old mentions linked anew, after names or offices were added."""
