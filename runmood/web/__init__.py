"""The local web app for one person: check-ins, days, runs, findings, plans and uploads."""
