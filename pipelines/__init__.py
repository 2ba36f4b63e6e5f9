"""The corridor: the only place where rooms meet, in the order of the data.

`steps` are plain functions; `flows` is a thin shell of Prefect around them; `cli` is what a person types.
"""
