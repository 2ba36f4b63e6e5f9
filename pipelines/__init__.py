"""The corridor: the only place where rooms meet, in the order of the data."""
