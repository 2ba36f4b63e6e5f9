"""Questions about what running stands for: B3 to B8. B4 of the dossier is not asked."""

from __future__ import annotations

from runmood.terms.questions.question import Question

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
