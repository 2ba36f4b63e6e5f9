"""The commands with which a person says something: how they feel, what they want, what they kept elsewhere."""
