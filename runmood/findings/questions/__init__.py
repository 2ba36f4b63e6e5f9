"""The questions asked every night, one a module; `runmood.findings.registry` finds them here."""
