"""Write the findings for the terminal, with what the person answered to them and what they rest on."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from runmood.core.enums import Feedback, FindingState
from runmood.core.i18n import readable
from runmood.findings import BY_CODE, QUESTIONS
from runmood.findings.answers import (
    TIMES_SHOWN,
    FindingLine,
    Section,
    format_together,
    label,
    latest_of,
    read_findings,
)
from runmood.findings.question import QuestionGroup
from runmood.reports.standing import coming_back_since, ill_or_injured_since

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.question import Question
    from runmood.findings.stats.missed_runs_evidence import Evidence, EvidenceDay, EvidenceTerm
    from runmood.findings.stats.pooling import PooledEffect
    from runmood.reports.context import ReportData

HARD_TIME = "S1"
NOTHING_POOLED: Mapping[str, PooledEffect] = {}
UNDENIED = {each.code for each in QUESTIONS if each.spec.group in (QuestionGroup.CAUTION, QuestionGroup.HELPS)}
OF_TRAINING = {each.code for each in QUESTIONS if each.spec.group == QuestionGroup.TRAINING}
RULES_OF_TRAINING = {
    each.code for each in QUESTIONS if each.spec.group == QuestionGroup.TRAINING and each.spec.kind == "rule"
}


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """A row of FINDING_FEEDBACK."""

    question: str
    word: str
    note: str | None
    said_on: dt.date

    @property
    def aside(self) -> bool:
        """Whether the finding is to stand back."""
        return Feedback(self.word).hides


def feedback_by_question(finding_feedback: pl.DataFrame) -> dict[str, FeedbackRow]:
    """Return the person's feedback by the code of the finding."""
    return {row["question"]: FeedbackRow(**row) for row in finding_feedback.iter_rows(named=True)}


def unsaid_questions(days: pl.DataFrame, findings: list[FindingRow], last: dt.date) -> set[str]:
    """Return the questions that are answered with a yes or not at all; none but in a hard time.

    While somebody is ill, injured, coming back or low, neither a caution, what helps nor a rule of training is denied;
    figures of the training of the first three are not looked at beside former weeks either.

    Args:
        days: rows of DAYS.
        findings: those up to a day.
        last: that day.
    """
    hurt = ill_or_injured_since(days, last) or coming_back_since(days, last)
    low = latest_of(findings, HARD_TIME)
    if not hurt and not (low and low.seen):
        return set()
    return UNDENIED | (OF_TRAINING if hurt else RULES_OF_TRAINING)


def in_front(findings: pl.DataFrame, finding_feedback: pl.DataFrame) -> pl.DataFrame:
    """Return the findings that the person neither hid nor disputes."""
    back = [code for code, feedback in feedback_by_question(finding_feedback).items() if feedback.aside]
    return findings.filter(findings["question"].is_in(back).not_())


def hidden_finding_line(say: Translator, feedback: FeedbackRow, as_of: dt.date) -> FindingLine:
    """Return a hidden or disputed finding as a line that does not reveal what it found."""
    title, state = say(f"questions.{feedback.question}.called"), say.choice("feedback.state", feedback.word)
    return FindingLine(title, state, " ".join(in_words(say, feedback, as_of)), codes=(feedback.question,))


def in_words(say: Translator, feedback: FeedbackRow | None, as_of: dt.date) -> tuple[str, ...]:
    """Write since when a finding is hidden or disputed, and its note; empty without feedback."""
    if feedback is None:
        return ()
    day, word = say.date_near(feedback.said_on, as_of), feedback.word.replace(" ", "_")
    back = say(f"feedback.{word}", day=day) if feedback.aside else ""
    return tuple(filter(None, (back, _noted(say, feedback))))


def with_note(data: ReportData, answer: FindingView) -> FindingView:
    """Add the notes on an answer; of several questions answered as one, each note once."""
    notes = _notes(data, answer.codes)
    return replace(answer, passages=(*answer.passages, Section(data.say("feedback.title"), notes))) if notes else answer


def line_with_note(data: ReportData, line: FindingLine) -> FindingLine:
    """Add the person's note to a question in a line."""
    return replace(line, words=" ".join((line.words, *_notes(data, line.codes))))


def _notes(data: ReportData, codes: Iterable[str]) -> tuple[str, ...]:
    feedback = feedback_by_question(data.finding_feedback)
    notes = [_noted(data.say, feedback[code]) for code in codes if code in feedback]
    return tuple(filter(None, dict.fromkeys(notes)))


def _noted(say: Translator, feedback: FeedbackRow) -> str:
    return say("feedback.noted", note=say("quoted", words=readable(feedback.note))) if feedback.note else ""


INDENT = " " * 4


def findings_as_text(  # noqa: PLR0913, PLR0917 - a report's parts
    say: Translator,
    findings: pl.DataFrame,
    finding_feedback: pl.DataFrame,
    as_of: dt.date,
    width: int = 80,
    pooled: Mapping[str, PooledEffect] = NOTHING_POOLED,
) -> str:
    """Write a question a paragraph: its code and what it asks, how it stands, what the person answered."""
    until = [finding for finding in read_findings(findings) if finding.night <= as_of]
    latest = {finding.question: finding for finding in until}
    seen = {finding.question: finding for finding in until if finding.seen}
    if not latest:
        return say("listing.nothing")
    feedback = feedback_by_question(finding_feedback)
    lines = []
    for question in QUESTIONS:
        if finding := latest.get(question.code):
            lines += two_lines(say, question, finding, as_of, width, seen.get(question.code))
            lines += _indented(format_together(say, finding, pooled), width)
            lines += _indented(" ".join(in_words(say, feedback.get(question.code), as_of)), width)
    further = [*_wrap(say("listing.further"), width), *_wrap(say("listing.hint"), width)]
    return "\n".join((*lines, "", *further))


def codes_answered_together(findings: pl.DataFrame, code: str) -> tuple[str, ...]:
    """Return the codes that share one answer with this one; none for a question that has no answer of its own."""
    rows = read_findings(findings)
    if BY_CODE[code].spec.part_of:
        return ()
    together = (question.answered_together(rows) for question in QUESTIONS)
    return next(codes for codes in together if code in codes)


def two_lines(  # noqa: PLR0913, PLR0917 - an answer's parts
    say: Translator,
    question: Question,
    finding: FindingRow,
    as_of: dt.date,
    width: int,
    seen: FindingRow | None = None,
) -> list[str]:
    """Write what a question asks, and below how it stands.

    Args:
        say: who speaks to the person.
        question: the question.
        finding: its latest answer.
        as_of: the day on which it is read.
        width: of the terminal, in characters.
        seen: its latest yes of those that are still shown, which a page tells though the latest answer is no yes.

    Returns:
        The lines.
    """
    stands = _standing(say, question, finding, as_of)
    if seen and not finding.seen:
        stands = say("listing.seen_on", day=say.date_near(seen.night, as_of))
    asks = say(f"questions.{question.code}.asks")
    return [*_wrap(f"{question.code}  {asks}", width), *_indented(stands, width)]


def _wrap(words: str, width: int, first: str = "") -> list[str]:
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=INDENT, break_on_hyphens=False)


def _indented(words: str, width: int) -> list[str]:
    return _wrap(words, width, INDENT)


def _standing(say: Translator, question: Question, finding: FindingRow, as_of: dt.date) -> str:
    """Return how an answer stands: seen since 3 June, good evidence, still growing."""
    if question.spec.kind == "context" and finding.state == FindingState.NOT_SEEN:
        return say("listing.context")
    if not finding.seen:
        return label(say, finding.state)
    words = [
        say("listing.seen_since", since=say.date_near(finding.since, as_of)) if finding.since else say("listing.seen")
    ]
    if finding.strength:
        words.append(say.choice("strength", finding.strength))
    if finding.growing is not None:
        words.append(say("listing.growing" if finding.growing else "listing.not_growing"))
    return ", ".join(words)


DECIMALS = 2
GAP = "  "
OF_IMPORT = "from "  # a term of an import bears its name


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question as it stands: its rows of FINDINGS, the latest last, those of SENSITIVITY, and evidence if any.

    `why` is null for questions that rest on counts alone; `pooled` is what people have in common, by question.
    """

    findings: pl.DataFrame
    sensitivity: pl.DataFrame
    why: Evidence | None
    as_of: dt.date
    pooled: Mapping[str, PooledEffect] = field(default_factory=dict)


def why_as_text(say: Translator, asked: AskedQuestion, width: int = 80) -> str:
    """Write a question with everything that its latest answer rests on."""
    rows, why = read_findings(asked.findings), asked.why
    finding, seen = rows[-1], next((row for row in reversed(rows) if row.seen), None)
    question = BY_CODE[finding.question]
    blocks = [
        two_lines(say, question, finding, asked.as_of, width, seen),
        [say("why.needs"), *_wrap_indented(question.spec.needs, width)],
        [say("why.rule"), *_wrap_indented(question.spec.rule, width)],
        [say("why.source"), *_wrap_indented(f"{question.spec.source}.", width)],
        [say("why.facts"), *_fact_lines(say, finding, question.spec.facts, width)],
        [say("why.changes"), *_wrap_indented(" ".join(_changes(say, finding, why)), width)] if why else [],
        _together_lines(say, finding, asked.pooled, width),
        _term_lines(say, why) if why else [],
        _variant_lines(say, asked.sensitivity),
        _day_lines(say, why.days) if why else [],
    ]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block) + "\n"


def _wrap_indented(words: str, width: int, first: str = GAP) -> list[str]:
    rest = " " * max(len(first), 4)
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _fact_lines(say: Translator, finding: FindingRow, meanings: dict[str, str], width: int) -> list[str]:
    """Return each fact with its meaning; what there are several of, one below the other."""
    lines: list[str] = []
    for name, value in finding.facts.items():
        several = value if isinstance(value, list) else [value]
        lines += _wrap_indented(f"{meanings.get(name, name.replace('_', ' '))}: {_format_fact(several[0])}", width)
        lines += [line for each in several[1:] for line in _wrap_indented(_format_fact(each), width, GAP * 3)]
    return lines or [GAP + say("why.no_facts")]


def _format_fact(value: object) -> str:
    """Write a fact, in English as the specification words it."""
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_format_fact(each)}" for name, each in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{round(value, DECIMALS):g}" if isinstance(value, float) else str(value)


def _localize(say: Translator, figure: str) -> str:
    """Write a figure of many decimals with the language's decimal mark."""
    return figure.replace(".", say("decimal"))


def _changes(say: Translator, finding: FindingRow, why: Evidence) -> Iterator[str]:
    """Yield what the evidence is, and what would change the answer."""
    yield say("why.no_evidence") if why.e_value is None else say("why.e_value", times=_times(say, why.e_value))
    if why.e_value is None or why.e_value < why.e_value_next:
        yield say("why.next", next=why.e_value_next)
    if finding.e_value_best is not None:
        yield say("why.best", times=_times(say, finding.e_value_best))
    if why.detectable is not None and not finding.seen:
        yield say("why.detectable", points=why.detectable)


def _together_lines(say: Translator, finding: FindingRow, pooled: Mapping[str, PooledEffect], width: int) -> list[str]:
    """Write where the difference lies together with what people have in common, and what that is."""
    sentence = format_together(say, finding, pooled)
    if not sentence:
        return []
    effect = pooled[finding.question]
    spread = effect.plausible_spread
    released = say("why.released", mean=effect.mean, least=effect.least, most=effect.most, spread=spread)
    return [say("why.together"), *_wrap_indented(f"{sentence} {released}", width)]


def _times(say: Translator, e_value: float) -> str:
    return say.figure(e_value) if e_value < TIMES_SHOWN else say("why.many_times")


def _term_lines(say: Translator, why: Evidence) -> list[str]:
    """Write the coefficients with their errors, and how mood lingers."""
    if not why.terms:
        return []
    names = [_term_name(say, term) for term in why.terms]
    wide = max(map(len, names))
    sizes = [_localize(say, f"{term.effect:+.2f} ± {term.error:.2f}") for term in why.terms]
    lines = [f"{GAP}{name:<{wide}}  {size}" for name, size in zip(names, sizes, strict=True)]
    memory, noise = (_localize(say, f"{share:.2f}") for share in (why.memory, why.noise_share))
    return [say("why.terms"), *lines, GAP + say("why.lingers", memory=memory, noise=noise)]


def _term_name(say: Translator, term: EvidenceTerm) -> str:
    """Return how one coefficient is called."""
    if term.name.startswith(OF_IMPORT):
        return say("term.source", source=term.name.removeprefix(OF_IMPORT))
    return say.choice("term", term.name).replace("_", " ")


def _variant_lines(say: Translator, sensitivity: pl.DataFrame) -> list[str]:
    """Write the answers with something left out or held equal."""
    lines = [GAP + _variant(say, **row) for row in sensitivity.iter_rows(named=True)]
    return [say("why.otherwise"), *lines] if lines else []


def _variant(say: Translator, variant: str, days: int, effect: float | None, **numbers: float | None) -> str:
    named = say.choice("variant", variant)
    if effect is None:
        return say("why.too_few", variant=named, days=days)
    least, most, sign = numbers["effect_least"], numbers["effect_most"], "-" if effect < 0 else ""
    return say("why.variant", variant=named, sign=sign, points=abs(effect), least=least, most=most, days=days)


def _day_lines(say: Translator, days: tuple[EvidenceDay, ...]) -> list[str]:
    """Write the days themselves, and why one did not count."""
    title = say("why.days", counted=sum(day.counted for day in days), days=len(days))
    dates = [say.date(day.date) for day in days]
    kinds = [say.choice("day_told", day.kind) for day in days]
    date_wide, kind_wide = (max(map(len, column), default=0) for column in (dates, kinds))
    lines = [
        f"{GAP}{date:>{date_wide}}  {kind:<{kind_wide}}  {_day_words(say, day)}"
        for date, kind, day in zip(dates, kinds, days, strict=True)
    ]
    return [title, *lines]


def _day_words(say: Translator, day: EvidenceDay) -> str:
    """Write the evening's mood, and why it did not count."""
    mood = "" if day.mood is None else say.figure(day.mood)
    reason = say.choice("uncounted", day.reason) if day.reason else ""
    return f"{mood:>4}  {reason}"
