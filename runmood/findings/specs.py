"""What a question is: written down before looking, with what it needs and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["tested", "rule", "context"]

OF_EVERY_QUESTION = {
    "shown_from": "the night from which what is seen may stand on screen: at most two new ones a week, safety at once",
}
"""Facts that a question may have beside its own."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question asked of a person's notes every night.

    A *tested* one weighs evidence against chance; a *rule* tells a fact and carries no such evidence; *context* is
    there to look at beside the others and claims nothing by itself. `safety` is not held back from the screen.
    """

    code: str
    asks: str
    needs: str
    rule: str
    facts: dict[str, str]
    source: str
    kind: Kind = "tested"
    safety: bool = False


# --- Questions about what running stands for: B3 to B8. B4 of the dossier is not asked.

ONLY_RUNNING = Question(
    code="B3",
    kind="rule",
    asks="Was running the only thing noted as a help on low days?",
    needs="12 low days with the log of what helped in half a year, and the log on half of the days since it was begun.",
    rule=(
        "A low day is one whose evening's mood a quarter of the evenings of half a year were at or below. Seen where "
        "the share of low days on which only running helped was above a half, by the lower end of its 90 % range "
        "(Wilson), and at most one other thing helped in 60 days."
    ),
    facts={
        "low_days": "low days with the log",
        "only_running_days": "those on which running helped and nothing else",
        "other_kinds": "other things that helped within 60 days",
        "log_share": "share of the days with the log since it was begun, within half a year",
        "lacking": "what is missing when there is not enough, in days: low_days, log_days",
    },
    source=(
        "Stenseng et al. 2023, doi:10.3389/fpsyg.2022.1035196; Chan & Grossman 1988, doi:10.2466/pms.1988.66.3.875; "
        "Wilson 1927, doi:10.1080/01621459.1927.10502953"
    ),
)

RUNNING_WHILE_HURT = Question(
    code="B5",
    kind="rule",
    safety=True,
    asks="Were there runs on days marked ill or injured, or on which it hurt?",
    needs="A tag or a pain noted on at least one day.",
    rule=(
        "Seen on nights with 2 or more runs, in 28 days, on days marked ill or injured or with pain of 5 or more; or "
        "with one on a day marked fever or chest pain, or with pain of 7 or more."
    ),
    facts={
        "runs_hurt": "such runs in 28 days",
        "runs_to_stop": "those with fever, chest pain or pain of 7 or more",
        "painful_runs": "runs on days with pain of 5 or more, in 14 days",
        "most_pain": "the most pain said on a day with a run, in 28 days",
        "stop_and_check": "whether one was of those to stop, or three hurt in 14 days",
        "dates": "the days of the runs",
        "lacking": "marked_days: no tag and no pain was noted on any day",
    },
    source=(
        "Granziol et al. 2023, International Journal of Mental Health and Addiction (EAI-3); "
        "Hausenblas & Symons Downs 2002, doi:10.1080/0887044022000004894"
    ),
)

MORE_RUNNING = Question(
    code="B6",
    asks="Did running grow over twelve weeks without the lift of a run growing with it?",
    needs="84 days, of which 5 of every seven are known, and 24 runs in them with a mood before and after.",
    rule=(
        "Asked on nights when weekly minutes had grown by at least 25 % over twelve weeks (Theil-Sen). Evidence is "
        "the e-value that the lift (mood after less before) changed by less than 0.1 of its standard deviation in the "
        "twelve weeks; seen once it reaches 20 on any night, since it shares 10 % with C1. Where a race or a plan "
        "with distances lies in the weeks it cannot be told apart from training. The effect is "
        "the change of lift in mood points."
    ),
    facts={
        "minutes_growth": "growth of weekly minutes over the twelve weeks, as a share",
        "rated_runs": "runs with a mood before and after",
        "lift_change": "change of the lift over the twelve weeks, in mood points",
        "race": "whether a race lies in the weeks",
        "plan_with_distances": "whether half of the running days had a distance in the plan",
        "lacking": "what is missing when there is not enough: days, rated_runs, known_weeks",
    },
    source=(
        "Griffiths 2005, doi:10.1080/14659890500114359; Hausenblas & Symons Downs 2002, "
        "doi:10.1080/0887044022000004894; Sen 1968, doi:10.1080/01621459.1968.10480934"
    ),
)

RESTS_BECAME_RUNS = Question(
    code="B7",
    kind="rule",
    asks="Did planned rests become runs, or runs become much longer than planned?",
    needs="6 planned rests in 28 days; rests that were only learned from habit do not count.",
    rule=(
        "Seen on nights when, in 28 days, runs fell on half or more of the planned rests, or 4 or more days went "
        "beyond 1.3 times the planned distance."
    ),
    facts={
        "rest_days": "planned rests in 28 days, kept or not",
        "runs_on_rest": "those with a run",
        "planned_runs": "days with a run and a planned distance",
        "longer_runs": "those beyond 1.3 times the plan",
        "lacking": "what is missing when there is not enough, in days",
    },
    source="Hausenblas & Symons Downs 2002, doi:10.1080/0887044022000004894",
)

DAYS_WITHOUT_RUNS = Question(
    code="B8",
    kind="context",
    asks="How were the evenings on the first, second, third and later days without a run?",
    needs="3 gaps of 3 days or more without a run.",
    rule="Mean moods to look at; not tested, never seen. Days marked ill, injured, travel or major event have none.",
    facts={
        "gaps": "gaps of 3 days or more so far",
        "run_day_mood": "mean evening mood of all days with a run so far",
        **{f"mood_day_{day}": f"mean evening mood on day {day} of a gap" for day in (1, 2, 3)},
        "mood_day_4": "mean evening mood on day 4 and later",
        **{f"days_{day}": f"rated evenings in mood_day_{day}" for day in (1, 2, 3, 4)},
        "lacking": "gaps that are missing when there are not enough",
    },
    source=(
        "Mondin et al. 1996, Medicine & Science in Sports & Exercise 28:1199; Weinstein, Koehmstedt & Kop 2017, "
        "General Hospital Psychiatry 49:11"
    ),
)


# --- Questions about days without the run that was planned: B1 and B2.

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


# --- Questions about what helps: C.

_THINGS = (
    "each asked that night, the strongest first: thing, seen, with and without (counts), effect with effect_least and "
    "effect_most, e_value"
)
_JOINT = (
    "at most the ten noted most often by then, all in one regression; seen are those that e-BH at 20 % picks from "
    "tonight's e-values (two-sided: 50 for one, 25 each for two), and they are withdrawn when it no longer does. "
    "Effect and evidence of the row are those of the strongest."
)

RUNS_LIFT = Question(
    code="C1",
    asks="Was mood higher, or lower, after runs than before them?",
    needs="15 runs with a mood within three hours before and after, on days not set apart.",
    rule=(
        "A regression of the lift (after less before) on the mood before less the person's usual mood of the twelve "
        "weeks before, and on the time of day; the lift of a run begun in one's usual mood, in mood points. Seen once "
        "its two-sided e-value reaches 20 on any night: it shares 10 % with B6. "
        "Without runs left out by chance this goes with running; it does not show what moved the mood."
    ),
    facts={
        "rated_runs": "runs with both moods",
        "higher_after": "those with a higher mood after",
        "lower_after": "those with a lower mood after",
        "mood_before": "mean mood before",
        "mood_after": "mean mood after",
        "detectable": "the lift that would probably have shown by now",
        "lacking": "runs that are missing when there are not enough",
    },
    source=(
        "Reed & Ones 2006, doi:10.1016/j.psychsport.2005.11.003; Weinstein et al. 2024, Psychosomatic Medicine 86:486; "
        "Robbins 1970, doi:10.1214/aoms/1177696786"
    ),
)

KINDS_OF_RUNS = Question(
    code="C2",
    asks="Which kinds of runs was mood higher, or lower, after?",
    needs="30 runs with a mood before and after, 8 of them tagged with a kind and 12 not.",
    rule=f"The lift on mood before, minutes, effort, and the kinds: {_JOINT}",
    facts={
        "rated_runs": "runs with both moods",
        "things": _THINGS,
        "lacking": "what is missing, in runs: rated_runs, and rated_runs_with and rated_runs_without any one kind",
    },
    source="Ekkekakis et al. 2011, doi:10.2165/11590680-000000000-00000; Wang & Ramdas 2022, doi:10.1111/rssb.12489",
)

RUN_DAYS = Question(
    code="C3",
    asks="Were evenings of run days better than those of missed days, and missed days about like rest days?",
    needs="As B1.",
    rule=(
        "Seen while B1 is seen and B2 is not, from the same numbers: a lift on run days, and no sign of a dip on "
        "missed ones. Once B2 is seen too the two cannot be told apart."
    ),
    facts=MISSED_AND_MOOD.facts,
    source="Hausenblas, Gauvin, Symons Downs & Duley 2008, doi:10.1348/135910707X180378",
)

OTHER_THINGS = Question(
    code="C4",
    asks="Which other things went with better evenings on the days they helped?",
    needs="20 rated evenings with the log of what helped, 10 of them with a thing and 10 without.",
    rule=f"Evening mood with its memory on weekday, trend, whether there was a run, and the things: {_JOINT}",
    facts={
        "rated_days": "rated evenings with the log",
        "things": _THINGS,
        "lacking": "what is missing, in days: rated_days, and rated_days_with and rated_days_without any one thing",
    },
    source="Wang & Ramdas 2022, doi:10.1111/rssb.12489",
)


# --- The question about weeks in which somebody may want company: S1.

HEAVIER_WEEKS = Question(
    code="S1",
    kind="rule",
    safety=True,
    asks="Were the last two weeks heavier than usual, or low by any measure?",
    needs="8 rated evenings in the last 14 days.",
    rule=(
        "Seen on nights when the middle one of the evenings' moods of 14 days was 3 of 10 or lower, or W (as in A5) "
        "was at least 1.25 own standard deviations low on 7 nights running. No score is shown."
    ),
    facts={
        "median_mood": "the middle one of the evenings' moods of 14 days",
        "rated_days_lately": "rated evenings in the 14 days",
        "wellness": "W of the last 14 days, in own standard deviations",
        "low_mood": "whether the first rule held",
        "heavier_than_usual": "whether the second rule held",
        "lacking": "what is missing when there is not enough, in days",
    },
    source="NICE guideline NG225, 2022: no tool or scale is used to foretell harm",
)


# --- Questions about training: A.

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
        "estimated_days": "days of the last 14 whose load rests on a reckoned effort",
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


# --- The registered questions, in the order in which they are listed.

QUESTIONS = (
    MUCH_LONGER_RUN, HARD_STRETCH, RUNS_FELT_HARDER, LOAD_OF_THE_WEEK, MISSED_AND_MOOD, MISSED_IS_NOT_REST,
    ONLY_RUNNING, RUNNING_WHILE_HURT, MORE_RUNNING, RESTS_BECAME_RUNS, DAYS_WITHOUT_RUNS, RUNS_LIFT, KINDS_OF_RUNS,
    RUN_DAYS, OTHER_THINGS, HEAVIER_WEEKS,
)  # fmt: skip
