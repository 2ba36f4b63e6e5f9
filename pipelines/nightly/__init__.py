"""Prefect's shell around the steps: what happens every night, and who calls it.

Nothing outside this folder imports Prefect, and this folder is imported only by the commands that need it.
"""
