"""Questions about training: A."""

from __future__ import annotations

from runmood.terms.questions.question import Question

MUCH_LONGER_RUN = Question(
    code="A1",
    kind="rule",
    asks="Was a run much longer than the longest of the 30 days before it?",
    needs="3 runs in the 30 days before, the longest of them at least 3 km.",
    rule=(
        "Seen on the day of a run more than 10 % longer than the longest run of the 30 days before. "
        "Up to 30 % longer is a note; more than 30 % and more than double are told apart."
    ),
    facts={
        "run_id": "the run",
        "distance_m": "its distance",
        "longest_m": "the longest run of the 30 days before",
        "longest_date": "the day of that run",
        "runs_before": "runs in the 30 days before",
        "lacking": "what is missing when there is not enough: runs_before in runs, longest_m in metres",
        "band": "10-30, 30-100 or over 100: percent longer",
    },
    source="Frandsen et al. 2025, British Journal of Sports Medicine 59:1203, doi:10.1136/bjsports-2024-109380",
)

HARD_STRETCH = Question(
    code="A5",
    kind="rule",
    safety=True,
    asks="Were these weeks a hard stretch: more load, lower wellness and harder runs at once?",
    needs=(
        "70 days, of which it is known on 15 of the last 21 and 30 of the 42 before whether there was a run; 28 rated "
        "days in days -70 to -15 and 8 in the last 14."
    ),
    rule=(
        "W is the mean of mood, energy, sleep, and of tiredness, soreness and stress turned round, each in own "
        "standard deviations of days -70 to -15; two of them are needed on a day, mood or energy among them. It began "
        "on a night when load of 21 days had been at least 1.25 times that of the 42 days before on one of the last 14 "
        "nights (and those 42 held at least 70 % of the usual running days), W of 14 days was at least 0.75 low, runs "
        "of 14 days not meant to be hard felt at least 0.25 harder than those of the 42 before (4 and 8 runs), and the "
        "fall of W and the rise of effort came to 2 together. Without enough efforts, W was at least 1 low on 7 "
        "nights running. It ended when W was above -0.5 for 7 nights running."
    ),
    facts={
        "load_ratio": "load a day in the last 21 days by load a day in the 42 before",
        "load_unit": "effort minutes, or minutes where too many runs have no effort: one of them for both windows",
        "wellness": "W of the last 14 days, in own standard deviations",
        "effort_change": "how much harder runs felt in the last 14 days than in the 42 before, of 10",
        "rated_days_lately": "days with a W in the last 14",
        "runs_lately": "runs with an effort in the last 14 days, but for hard ones and races",
        "set_apart_days": "days of the last 14 marked ill, injured, travel or major event",
        "reckoned_days": "days of the last 14 whose load rests on a reckoned effort",
        "lacking": "what is missing when there is not enough, in days, by name",
    },
    source=(
        "Meeusen et al. 2013, doi:10.1080/17461391.2012.730061; Saw, Main & Gastin 2016, "
        "doi:10.1136/bjsports-2015-094758; Hooper et al. 1995, Medicine & Science in Sports & Exercise 27:106; "
        "Le Meur et al. 2017, International Journal of Sports Physiology and Performance 12:569"
    ),
)

RUNS_FELT_HARDER = Question(
    code="A6",
    kind="context",
    asks="Did ordinary runs feel harder in the last two weeks than in the six weeks before?",
    needs="4 runs with an effort in the last 14 days and 8 in the 42 before, not tagged hard or race.",
    rule=(
        "Seen where the mean effort rose by at least 0.5 of 10. Pace and heart rate of the same runs stand beside it "
        "without a direction: a lower heart rate at one pace can go with fitness and with tiredness."
    ),
    facts={
        "effort_lately": "mean effort of the last 14 days",
        "effort_before": "mean effort of the 42 days before",
        "runs_lately": "runs in it",
        "runs_before": "runs in it",
        "heart_lately_bpm": "mean heart rate of those of the last 14 days",
        "heart_before_bpm": "mean heart rate of those of the 42 days before",
        "pace_lately_s_km": "mean pace of those of the last 14 days",
        "pace_before_s_km": "mean pace of those of the 42 days before",
        "lacking": "what is missing when there is not enough, in runs",
    },
    source="Roete et al. 2021, International Journal of Sports Physiology and Performance 16:1065",
)

LOAD_OF_THE_WEEK = Question(
    code="A7",
    kind="context",
    asks="What were load, monotony and strain of the last seven days?",
    needs="28 days of which it is known whether there was a run.",
    rule=(
        "Figures to look at; never seen. Load is effort times minutes, minutes where a run of the week has no effort. "
        "Monotony is mean by standard deviation (n - 1) of the seven days' load, strain is load times monotony; each "
        "stands among the person's own nights of a year, without bands."
    ),
    facts={
        "load": "the week's load",
        "load_unit": "effort minutes or minutes",
        "monotony": "mean of the daily load by its standard deviation",
        "strain": "load times monotony",
        "load_percentile": "percent of the nights of the year before whose load was not above it",
        "monotony_percentile": "likewise",
        "strain_percentile": "likewise",
        "lacking": "what is missing when there is not enough, in days",
    },
    source="Foster 1998, Medicine & Science in Sports & Exercise 30:1164, doi:10.1097/00005768-199807000-00023",
)
