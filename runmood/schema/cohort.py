"""The tables of a cohort's database: what people of many homes give, under a pseudonym each."""

from __future__ import annotations

from runmood.core import enums
from runmood.schema.types import Table, day, flag, real, score, text, whole

PERSONS = Table("persons", "one person who gives something tonight", ("person",), (
    text("person", "A pseudonym: a keyed hash, whose key stays with the cohort's owner.", always=True),
    text("site", "The site under which the home was added; null without one."),
    flag("gives_days", "Whether kinds of day and moods are given."),
    flag("gives_measures", "Whether distance, time and load are given."),
    flag("gives_findings", "Whether the answers to the questions are given."),
    day("first_date", "The first day of the diary."),
    day("last_date", "The last day of the diary, up to which the home was made."),
    whole("days", "Days from the first to the last.", 0),
    whole("known_days", "Those of which it is known whether there was a run.", 0),
    whole("rated_days", "Those with an evening's mood.", 0),
    whole("files_refused", "Files that could not be read.", 0),
))  # fmt: skip

PERSON_DAYS = Table("days", "one day of one person, as far as the person gives it", ("person", "local_date"), (
    text("person", "The pseudonym.", always=True),
    day("local_date", "The day.", always=True),
    text("day_kind", "What was planned and what happened; null where days are not given.", *enums.DayKind),
    score("mood_morning", "The morning's mood; null where days are not given or nothing was said."),
    score("mood_evening", "The evening's mood; likewise."),
    flag("excluded", "Whether the day is left out of tests; null where days are not given."),
    whole("runs", "How many runs; null where measures are not given or it is not known.", 0),
    real("distance_m", "How far in all; likewise.", 0),
    real("moving_s", "Time in motion in all; likewise.", 0),
    real("load", "Effort times minutes; likewise.", 0),
))  # fmt: skip

PERSON_FINDINGS = Table("findings", "one person's latest answer to one question", ("person", "question"), (
    text("person", "The pseudonym.", always=True),
    text("question", "Which question; docs/findings.md lists them.", always=True),
    day("night", "The night it was asked.", always=True),
    text("state", "The answer.", *enums.FindingState, always=True),
    day("since", "The night it was first seen."),
    real("estimate", "How large, as the notes alone have it."),
    real("standard_error", "The standard error of that.", 0),
    real("sigma", "One standard deviation of what is compared.", 0),
    real("freedom", "Degrees of freedom behind the standard error.", 0),
))  # fmt: skip

COHORT_TABLES = (PERSONS, PERSON_DAYS, PERSON_FINDINGS)

PERSON_WEEKS = Table("weeks", "one week of one person, Monday to Sunday", ("person", "week_start"), (
    text("person", "The pseudonym.", always=True),
    day("week_start", "Its Monday.", always=True),
    whole("days", "Days of it that are given.", 1, 7),
    whole("rated_days", "Those with an evening's mood.", 0, 7),
    real("mood_evening", "Mean of the evenings' moods; null without one.", 0, 10),
    whole("planned_runs", "Days on which a run was planned; null where days are not given.", 0, 7),
    whole("missed_runs", "Those on which it did not happen; likewise.", 0, 7),
    real("distance_m", "How far in all; null where a day is not known or measures are not given.", 0),
    real("moving_s", "Time in motion in all; likewise.", 0),
    real("load", "Effort times minutes in all; likewise.", 0),
))  # fmt: skip

SITES = Table("sites", "one site: how much its people answer and how their files fare", ("site",), (
    text("site", "The site; empty for people without one.", always=True),
    whole("people", "People who give something.", 0),
    real("rated_share", "Share of their days with an evening's mood.", 0, 1),
    real("known_share", "Share of their days of which it is known whether there was a run.", 0, 1),
    real("files_refused", "Files a person that could not be read, on average.", 0),
))  # fmt: skip

COHORT_VIEWS = (PERSON_WEEKS, SITES)
