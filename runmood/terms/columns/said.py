"""What a person said."""

from __future__ import annotations

from runmood.terms import choices as of
from runmood.terms.frames import Table, day, flag, moment, real, score, text, whole, words

CHECK_INS = Table("check_ins", "one check-in: what a person said at a moment", ("check_in_id",), (
    text("check_in_id", "Its name in the journal.", always=True),
    moment("felt_at", "The moment it speaks of.", always=True),
    day("local_date", "The day it speaks of: a day ends at 04:00 for an evening check-in.", always=True),
    text("kind", "Which moment of the day.", *of.CHECK_IN_KINDS, always=True),
    score("mood", "0 very bad, 5 neither, 10 very good."),
    score("energy", "0 none, 10 full."),
    score("stress", "0 not at all, 10 as much as can be."),
    score("tiredness", "Of the body; 0 not at all, 10 as much as can be."),
    score("soreness", "0 not at all, 10 as much as can be."),
    score("sleep", "How well they slept last night; 0 very badly, 10 very well."),
    score("effort", "How hard the run was; 0 no effort, 10 as hard as they can go."),
    score("pain", "How much it hurt; 0 not at all, 10 as much as can be."),
    text("pain_where", "Where it hurt."),
    words("tags", "What the person marked: ill, injured, travel, social, mindful …"),
    text("skip_reason", "Why a planned run did not happen, in one tap."),
    text("note", "Free words."),
    flag("late", "Said after its time had passed (an evening after the next 04:00); tests of findings leave it out."),
    text("source", "How it came: hand, web, or the name of an import.", always=True),
    flag("edited", "Whether the person changed it afterwards; the journal keeps what stood there before."),
    text("raw", "The answers as another app had them, with its scale: mood=4 of 1-5."),
))  # fmt: skip

PLANS = Table("plans", "one day that had a plan, as it stood at local 04:00 of that day", ("local_date",), (
    day("local_date", "The day.", always=True),
    text("planned", "A run, or rest, which is a plan too; null where it was taken back.", *of.PLANNED),
    text("name", "What the plan calls it."),
    real("distance_m", "How far, where the plan says.", 0),
    real("planned_s", "How long, where the plan says.", 0),
    text("plan_source", "A plan for the day, the weekly habit written down before, or one learned.", *of.PLAN_SOURCES),
    moment("said_at", "When it was written down; null for a learned habit."),
    whole("versions", "How many times the plan of this day was written down before it began.", 0),
))  # fmt: skip

HELPED = Table("helped", "one thing that a person said helped", ("check_in_id", "thing"), (
    text("check_in_id", "The check-in that says so.", always=True),
    day("local_date", "The day.", always=True),
    text("thing", "What helped: running, talking to someone, rest …; nothing is an answer too.", always=True),
))  # fmt: skip

OWN_ANSWERS = Table("own_answers", "one answer to a question of the person's own", ("check_in_id", "item"), (
    text("check_in_id", "The check-in.", always=True),
    day("local_date", "The day.", always=True),
    moment("felt_at", "The moment it speaks of.", always=True),
    text("item", "The question's name in settings.toml.", always=True),
    real("value", "The answer as a number; yes is 1 and no is 0; null for words."),
    text("words", "The answer in words, where it is one of a choice."),
))  # fmt: skip

GOALS = Table("goals", "one goal, as it stands now", ("goal_id",), (
    text("goal_id", "Its name in the journal.", always=True),
    text("kind", "For how one feels, or for how one runs.", *of.GOAL_KINDS, always=True),
    text("words", "The goal, in the person's own words.", always=True),
    text("measure", "What it is measured by; null where words say enough.", *of.GOAL_MEASURES),
    real("target", "How much of it; a distance is in metres."),
    day("since", "The day it was set.", always=True),
    day("until", "The day by which; null without one."),
    text("state", "How it stands.", *of.GOAL_STATES, always=True),
    text("review", "What the person wrote when they last looked at it."),
    day("reviewed_on", "The day of that."),
))  # fmt: skip

REMARKS = Table("remarks", "one finding of which the person has said something, as it stands now", ("question",), (
    text("question", "The code of the finding, such as B1.", always=True),
    text("word", "Hidden on every page, said not to be so, or with a note for later.", *of.REMARKS, always=True),
    text("note", "Free words."),
    day("said_on", "The day on which it was said.", always=True),
))  # fmt: skip

REFLECTIONS = Table("reflections", "one answer to a question to think about", ("reflection_id",), (
    text("reflection_id", "Its name in the journal.", always=True),
    day("local_date", "The day.", always=True),
    text("occasion", "When it is asked: once a month, or before a plan begins.", *of.OCCASIONS, always=True),
    text("prompt", "The question as it stood.", always=True),
    text("answer", "Free words.", always=True),
))  # fmt: skip
