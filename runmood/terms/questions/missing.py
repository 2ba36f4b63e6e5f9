"""Questions about days without the run that was planned: B1 and B2."""

from __future__ import annotations

from runmood.terms.questions.question import Question

MISSED_AND_MOOD = Question(
    code="B1",
    asks="Was the evening's mood lower on days when a planned run was missed than on days when it happened?",
    needs="42 days, 8 rated missed days and 12 rated days with the planned run done.",
    rule=(
        "Each night, a regression with weekday, trend, the scale of each import and day-to-day memory (AR(1) and "
        "noise, exact over gaps, averaged by restricted likelihood). Where six in ten rated days have a morning's "
        "mood, mornings are ratings too, and as much of their difference as lasts until evening is taken out. Seen "
        "once the e-value of run minus missed, for differences of .6 standard deviations, give or take .3, reaches "
        "10 (some evidence) or 30 (good evidence) on any night. Where missed and run days are answered more than 25 "
        "points apart, or fewer than half of missed days have a run of their weekday beside them, the two cannot be "
        "told apart."
    ),
    facts={
        "days": "days from the first to the night",
        "missed_days": "rated days with a missed run",
        "run_days": "rated days with the planned run done",
        "rest_days": "rated days of planned rest",
        "lacking": "what is missing, in days, by name, when there is not enough",
        "detectable": "the difference in mood points that would probably have shown by now",
        "rated_missed_share": "share of the missed days whose evening was rated",
        "rated_run_share": "share of the run days whose evening was rated; a claim is blocked beyond 25 points apart",
        "missed_beside_runs": "share of missed days that have a run of the same weekday to stand beside",
        "morning_used": "whether mornings were held equal",
        "scale": "mood points in one standard deviation of this person's evenings",
    },
    source=(
        "Aidman & Woollard 2003, Psychology of Sport and Exercise 4:225; "
        "Robbins 1970, Annals of Mathematical Statistics 41:1397, doi:10.1214/aoms/1177696786"
    ),
)

MISSED_IS_NOT_REST = Question(
    code="B2",
    asks="Was mood on missed days lower than on planned rest days too, and not only lower than on run days?",
    needs="As B1, and 8 rated days of planned rest, with rest and runs mixed on at least 2 weekdays (2 days each).",
    rule=(
        "Seen once the smaller of two e-values, run minus missed and rest minus missed, reaches 10 on one night. "
        "Where rest always falls on the same weekdays the two cannot be told apart."
    ),
    facts={
        "days": "days from the first to the night",
        "missed_days": "rated days with a missed run",
        "run_days": "rated days with the planned run done",
        "rest_days": "rated days of planned rest",
        "lacking": "what is missing, in days, by name, when there is not enough",
        "detectable": "the difference in mood points that would probably have shown by now",
        "mixed_weekdays": "weekdays that hold both rest and planned runs, at least 2 of each",
        "rated_missed_share": "share of the missed days whose evening was rated",
        "rated_run_share": "share of the run days whose evening was rated; a claim is blocked beyond 25 points apart",
        "missed_beside_runs": "share of missed days that have a run of the same weekday to stand beside",
        "morning_used": "whether mornings were held equal",
        "scale": "mood points in one standard deviation of this person's evenings",
    },
    source="Hausenblas, Gauvin, Symons Downs & Duley 2008, doi:10.1348/135910707X180378",
)
