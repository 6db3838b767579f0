"""Authority files: lists of people and bodies with names, offices and identifiers."""
