"""Authority files: lists of persons and bodies that somebody else keeps, in one file a format."""
