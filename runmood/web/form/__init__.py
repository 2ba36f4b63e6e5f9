"""What a person sends: the items of a check-in, what was typed in a form, and files as they arrive."""
