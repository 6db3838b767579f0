"""An archive into a database that holds something already."""
