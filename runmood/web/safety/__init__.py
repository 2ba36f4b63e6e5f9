"""Who may ask, for what, and what a browser may do with the answer.

There is no password: on the computer itself, who can use the computer may look. What is left to fear is another site
open in the same browser, that points its own name here (so the Host header is checked) or sends a form here (so
Sec-Fetch-Site, Origin and a signed token are checked); and, where phones are let in, everybody else on the network.
"""
