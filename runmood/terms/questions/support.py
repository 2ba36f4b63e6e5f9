"""The question about weeks in which somebody may want company: S1."""

from __future__ import annotations

from runmood.terms.questions.question import Question

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
