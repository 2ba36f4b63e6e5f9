"""The questions asked every night, one a module; `runmood.findings` finds them here."""
