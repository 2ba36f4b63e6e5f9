"""Prefect's shell around the night: the flow, its server, its schedule and units for other timetables."""
