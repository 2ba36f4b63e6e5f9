"""The command line: one module a group of commands, each loaded when it is called."""

LOOK = 1  # the exit status that asks for a look
