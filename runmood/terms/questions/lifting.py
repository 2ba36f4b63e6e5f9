"""Questions about what helps: C."""

from __future__ import annotations

from runmood.terms.questions.missing import MISSED_AND_MOOD
from runmood.terms.questions.question import Question

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
