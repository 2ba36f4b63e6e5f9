"""A local page for one person: to check in, to look, to bring files. Everything it knows of the home is given to it."""
