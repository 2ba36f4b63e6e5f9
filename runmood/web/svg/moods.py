"""The evenings' mood of the last weeks: a dot an evening, and a line through the mean of seven days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.reports.models import Grid
from runmood.web.svg.chart import Chart, Column, height_of, lines_through, share_along, spread_labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runmood.core.i18n import Translator


DAYS_DRAWN = 56
MEAN_DAYS, FEWEST_RATED = 7, 3  # of seven evenings; the mean of fewer says little
HEIGHT = 104.0
SCALE = (0.0, 10.0)
LABELS_APART = 9.0  # percent of the width


def draw_moods(say: Translator, moods: Mapping[dt.date, float], today: dt.date) -> Chart | None:
    """Return the chart of the evenings up to a day; null without a rated one."""
    dates = [today - dt.timedelta(days=ago) for ago in reversed(range(DAYS_DRAWN))]
    known = {date: moods[date] for date in dates if date in moods}
    if not known:
        return None
    places = {date: share_along(number, DAYS_DRAWN) for number, date in enumerate(dates)}
    means = [_mean(moods, date) for date in dates]
    return Chart(
        title=say("today.mood"),
        sentence=say("today.mood_one", mood=next(iter(known.values())))
        if len(known) == 1
        else say("today.mood_sentence", evenings=len(known), low=min(known.values()), high=max(known.values())),
        height=HEIGHT,
        scale=("10", "5", "0"),
        labels=spread_labels(
            ((places[date], f"{date.day} {say.month_short(date)}") for date in dates if date.isoweekday() == 1),
            4 * LABELS_APART / 2,
        ),
        columns=tuple(
            Column(
                places[date],
                say("today.mood_of", day=say.short_date(date), mood=mood),
                f"/day/{date}",
            )
            for date, mood in known.items()
        ),
        lines=lines_through(
            [None if mean is None else height_of(mean, SCALE, HEIGHT) for mean in means], list(places.values())
        ),
        dots=tuple((places[date], height_of(mood, SCALE, HEIGHT)) for date, mood in known.items()),
        grid=Grid(
            say("today.mood_table"),
            (say("column.day"), say("column.mood")),
            tuple((say.short_date(date), say.figure(mood)) for date, mood in reversed(known.items())),
        ),
    )


def _mean(moods: Mapping[dt.date, float], date: dt.date) -> float | None:
    """Return the mean of the seven evenings up to a day; null where too few are rated, or that one is long ago."""
    week = [moods.get(date - dt.timedelta(days=ago)) for ago in range(MEAN_DAYS)]
    rated = [mood for mood in week if mood is not None]
    return sum(rated) / len(rated) if len(rated) >= FEWEST_RATED else None
