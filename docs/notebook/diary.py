# ruff: noqa: INP001, ANN001, ANN202, PLC0415, PLR0913, PLR0917 - marimo has cells for functions
"""Weeks, mood around runs, load and mood, and how often chance would do as well: a notebook on one's own diary.

RUNMOOD_HOME=demo marimo edit docs/notebook/diary.py       to work in it
RUNMOOD_HOME=demo marimo export html docs/notebook/diary.py -o diary.html
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App()


@app.cell
def _():
    import os
    from pathlib import Path

    import duckdb
    import marimo as mo
    import numpy as np
    import polars as pl

    home = Path(os.environ.get("RUNMOOD_HOME", "data"))

    def ask(question: str) -> pl.DataFrame:
        """Return what the published database answers; it is opened to read only and closed again."""
        with duckdb.connect(home / "runmood.duckdb", read_only=True) as database:
            return pl.DataFrame(database.sql(question))

    return ask, mo, np, pl


@app.cell
def _(ask, mo):
    weeks = ask("""
        select week_start, runs, round(distance_m / 1000, 1) as km, round(load) as load, round(mood_evening, 1) as mood
        from weeks order by week_start
    """)
    mo.vstack([mo.md("## Weeks"), mo.ui.table(weeks, selection=None)])
    return (weeks,)


@app.cell
def _(ask, mo):
    around = ask("""
        select mood_before, count(*) as runs, round(avg(mood_after), 1) as mood_after
        from run_moods where mood_before is not null and mood_after is not null
        group by mood_before order by mood_before
    """)
    words = "Low moods rise and high ones fall, with or without a run: look at the middle rows."
    mo.vstack([mo.md(f"## Mood before and after a run\n\n{words}"), mo.ui.table(around, selection=None)])
    return (around,)


@app.cell
def _(ask, np):
    days = ask("select load_yesterday, mood_evening from load_and_mood order by local_date")
    load, mood = (days[name].to_numpy().astype(float) for name in days.columns)

    def agreement(load, mood) -> float:
        """Return the correlation over the days of which both are known."""
        known = ~(np.isnan(load) | np.isnan(mood))
        return float(np.corrcoef(load[known], mood[known])[0, 1])

    return agreement, load, mood


@app.cell
def _(agreement, load, mood, np):
    # A shift by weeks keeps the weekday and all slowness of both lines, and parts only what belongs together: that is
    # what chance does to lines as slow as these. Shuffled days would be too easy to beat.
    shifts = np.arange(28, load.size - 28, 7)
    seen = agreement(load, mood)
    by_chance = np.array([agreement(np.roll(load, shift), mood) for shift in shifts])
    as_far = (1 + int((np.abs(by_chance) >= abs(seen)).sum())) / (1 + shifts.size)
    return as_far, by_chance, seen, shifts


@app.cell
def _(as_far, by_chance, mo, np, pl, seen, shifts):
    counts, edges = np.histogram(by_chance, bins=12)
    bars = pl.DataFrame({"from": edges[:-1].round(2), "to": edges[1:].round(2), "shifts": ["█" * n for n in counts]})
    mo.vstack(
        [
            mo.md(f"""
## Yesterday's load and this evening's mood

The correlation is **{seen:.2f}**. Of {shifts.size} shifts by whole weeks, and the true one, a share of **{as_far:.2f}**
went at least as far from nought. With few weeks no small share is possible; with many questions some will be small.
What was asked of every night, with evidence for that, stands in the table `findings`.
        """),
            mo.ui.table(bars, selection=None),
        ]
    )


if __name__ == "__main__":
    app.run()
