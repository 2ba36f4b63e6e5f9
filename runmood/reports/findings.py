"""What the person said of findings: what they hid or dispute is told in a line, a note stands with its answer."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from runmood.core.enums import Feedback, FindingState
from runmood.core.i18n import readable
from runmood.findings.answers import TIMES_SHOWN, FindingLine, Section, label, read_findings
from runmood.findings.registry import BY_CODE, QUESTIONS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.core.models import Evidence, EvidenceDay, EvidenceTerm
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.question import Question
    from runmood.reports.context import ReportData


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


def remarked(remarks: pl.DataFrame) -> dict[str, FeedbackRow]:
    """What the person said, by the code of the finding."""
    return {row["question"]: FeedbackRow(**row) for row in remarks.iter_rows(named=True)}


def in_front(findings: pl.DataFrame, remarks: pl.DataFrame) -> pl.DataFrame:
    """The findings that the person neither hid nor disputes."""
    back = [code for code, remark in remarked(remarks).items() if remark.aside]
    return findings.filter(findings["question"].is_in(back).not_())


def hidden_finding_line(say: Translator, remark: FeedbackRow, as_of: dt.date) -> FindingLine:
    """A finding that was hidden or disputed, in a line that tells nothing of what it found."""
    title, state = say(f"questions.{remark.question}.called"), say.choice("remark.state", remark.word)
    return FindingLine(title, state, " ".join(in_words(say, remark, as_of)), codes=(remark.question,))


def in_words(say: Translator, remark: FeedbackRow | None, as_of: dt.date) -> tuple[str, ...]:
    """That a finding was hidden or is disputed and since when, and what was noted; nothing where nothing was said."""
    if remark is None:
        return ()
    day, word = say.date_near(remark.said_on, as_of), remark.word.replace(" ", "_")
    back = say(f"remark.{word}", day=day) if remark.aside else ""
    return tuple(filter(None, (back, _noted(say, remark))))


def with_note(diary: ReportData, answer: FindingView) -> FindingView:
    """An answer with what the person noted about it; of several questions told as one, each note once."""
    notes = _notes(diary, answer.codes)
    return replace(answer, passages=(*answer.passages, Section(diary.say("remark.title"), notes))) if notes else answer


def line_with_note(diary: ReportData, line: FindingLine) -> FindingLine:
    """A question in a line, with what the person noted about it."""
    return replace(line, words=" ".join((line.words, *_notes(diary, line.codes))))


def _notes(diary: ReportData, codes: Iterable[str]) -> tuple[str, ...]:
    said = remarked(diary.finding_feedback)
    notes = [_noted(diary.say, said[code]) for code in codes if code in said]
    return tuple(filter(None, dict.fromkeys(notes)))


def _noted(say: Translator, remark: FeedbackRow) -> str:
    return say("remark.noted", note=say("quoted", words=readable(remark.note))) if remark.note else ""


# --- Every question with its latest answer, in two lines each.

INDENT = " " * 4


def findings_as_text(
    say: Translator, findings: pl.DataFrame, remarks: pl.DataFrame, as_of: dt.date, width: int = 80
) -> str:
    """A question a paragraph: its code and what it asks, how it stands and since when, what the person says of it."""
    latest = {finding.question: finding for finding in read_findings(findings) if finding.night <= as_of}
    if not latest:
        return say("listing.nothing")
    said = remarked(remarks)
    lines = []
    for question in QUESTIONS:
        if finding := latest.get(question.code):
            lines += two_lines(say, question, finding, as_of, width)
            lines += _indented(" ".join(in_words(say, said.get(question.code), as_of)), width)
    further = [*_wrapped(say("listing.further"), width), *_wrapped(say("listing.hint"), width)]
    return "\n".join((*lines, "", *further))


def codes_answered_together(findings: pl.DataFrame, code: str) -> tuple[str, ...]:
    """Return the codes that share one answer with this one; none for a question that has no answer of its own."""
    rows = read_findings(findings)
    if BY_CODE[code].spec.part_of:
        return ()
    joined = (question.joined(rows) for question in QUESTIONS if question.joined)
    return next((codes for codes in joined if code in codes), (code,))


def two_lines(say: Translator, question: Question, finding: FindingRow, as_of: dt.date, width: int) -> list[str]:
    """What a question asks, and below how it stands."""
    asks, stands = say(f"questions.{question.code}.asks"), _stands(say, question, finding, as_of)
    return [*_wrapped(f"{question.code}  {asks}", width), *_indented(stands, width)]


def _wrapped(words: str, width: int, first: str = "") -> list[str]:
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=INDENT, break_on_hyphens=False)


def _indented(words: str, width: int) -> list[str]:
    return _wrapped(words, width, INDENT)


def _stands(say: Translator, question: Question, finding: FindingRow, as_of: dt.date) -> str:
    """How an answer stands: seen since 3 June, good evidence, still growing."""
    if question.spec.kind == "context" and finding.state == FindingState.NOT_SEEN:
        return say("listing.context")
    if not finding.seen:
        return label(say, finding.state)
    told = [
        say("listing.seen_since", since=say.date_near(finding.since, as_of)) if finding.since else say("listing.seen")
    ]
    if finding.strength:
        told.append(say.choice("strength", finding.strength))
    if finding.growing is not None:
        told.append(say("listing.growing" if finding.growing else "listing.not_growing"))
    return ", ".join(told)


# --- What stands behind an answer: the rule, the facts, the model's terms, the answer asked otherwise, the days.

DECIMALS = 2
GAP = "  "
OF_IMPORT = "from "  # a term of an import bears its name


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it stands: its latest row of FINDINGS, its rows of SENSITIVITY, and its evidence if it has any.

    `why` is null for questions that rest on counts alone.
    """

    findings: pl.DataFrame
    sensitivity: pl.DataFrame
    why: Evidence | None
    as_of: dt.date


def why_as_text(say: Translator, asked: Asked, width: int = 80) -> str:
    """The question with all that its latest answer rests on."""
    finding, why = read_findings(asked.findings)[-1], asked.why
    question = BY_CODE[finding.question]
    blocks = [
        two_lines(say, question, finding, asked.as_of, width),
        [say("why.needs"), *_wrapped_why(question.spec.needs, width)],
        [say("why.rule"), *_wrapped_why(question.spec.rule, width)],
        [say("why.source"), *_wrapped_why(f"{question.spec.source}.", width)],
        [say("why.facts"), *_facts(say, finding, question.spec.facts, width)],
        [say("why.changes"), *_wrapped_why(" ".join(_changes(say, finding, why)), width)] if why else [],
        _terms(say, why) if why else [],
        _otherwise(say, asked.sensitivity),
        _days(say, why.days) if why else [],
    ]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block) + "\n"


def _wrapped_why(words: str, width: int, first: str = GAP) -> list[str]:
    rest = " " * max(len(first), 4)
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _facts(say: Translator, finding: FindingRow, meanings: dict[str, str], width: int) -> list[str]:
    """Each fact with its meaning; what there are several of, one below the other."""
    lines: list[str] = []
    for name, value in finding.facts.items():
        several = value if isinstance(value, list) else [value]
        lines += _wrapped_why(f"{meanings.get(name, name.replace('_', ' '))}: {_shown(several[0])}", width)
        lines += [line for each in several[1:] for line in _wrapped_why(_shown(each), width, GAP * 3)]
    return lines or [GAP + say("why.no_facts")]


def _shown(value: object) -> str:
    """A fact, in the words and with the marks of the register."""
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_shown(each)}" for name, each in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{round(value, DECIMALS):g}" if isinstance(value, float) else str(value)


def _marked(say: Translator, figure: str) -> str:
    """A figure of many decimals with the language's own mark."""
    return figure.replace(".", say("decimal"))


def _changes(say: Translator, finding: FindingRow, why: Evidence) -> Iterator[str]:
    """What the evidence is, and what would change the mind."""
    yield say("why.no_evidence") if why.e_value is None else say("why.e_value", times=_times(say, why.e_value))
    if why.e_value is None or why.e_value < why.e_value_next:
        yield say("why.next", next=why.e_value_next)
    if finding.e_value_best is not None:
        yield say("why.best", times=_times(say, finding.e_value_best))
    if why.detectable is not None and not finding.seen:
        yield say("why.detectable", points=why.detectable)


def _times(say: Translator, e_value: float) -> str:
    return say.figure(e_value) if e_value < TIMES_SHOWN else say("why.many_times")


def _terms(say: Translator, why: Evidence) -> list[str]:
    """The coefficients with their errors, and how mood lingers."""
    if not why.terms:
        return []
    names = [_name(say, term) for term in why.terms]
    wide = max(map(len, names))
    sizes = [_marked(say, f"{term.effect:+.2f} ± {term.error:.2f}") for term in why.terms]
    lines = [f"{GAP}{name:<{wide}}  {size}" for name, size in zip(names, sizes, strict=True)]
    memory, noise = (_marked(say, f"{share:.2f}") for share in (why.memory, why.noise_share))
    return [say("why.terms"), *lines, GAP + say("why.lingers", memory=memory, noise=noise)]


def _name(say: Translator, term: EvidenceTerm) -> str:
    """How one coefficient is called."""
    if term.name.startswith(OF_IMPORT):
        return say("term.source", source=term.name.removeprefix(OF_IMPORT))
    return say.choice("term", term.name).replace("_", " ")


def _otherwise(say: Translator, sensitivity: pl.DataFrame) -> list[str]:
    """The same question with something left out or held equal otherwise."""
    lines = [GAP + _variant(say, **row) for row in sensitivity.iter_rows(named=True)]
    return [say("why.otherwise"), *lines] if lines else []


def _variant(say: Translator, variant: str, days: int, effect: float | None, **numbers: float | None) -> str:
    named = say.choice("variant", variant)
    if effect is None:
        return say("why.too_few", variant=named, days=days)
    least, most, sign = numbers["effect_least"], numbers["effect_most"], "-" if effect < 0 else ""
    return say("why.variant", variant=named, sign=sign, points=abs(effect), least=least, most=most, days=days)


def _days(say: Translator, days: tuple[EvidenceDay, ...]) -> list[str]:
    """The days themselves, and why one did not count."""
    title = say("why.days", counted=sum(day.counted for day in days), days=len(days))
    dates = [say.date(day.date) for day in days]
    kinds = [say.choice("day_told", day.kind) for day in days]
    date_wide, kind_wide = (max(map(len, column), default=0) for column in (dates, kinds))
    lines = [
        f"{GAP}{date:>{date_wide}}  {kind:<{kind_wide}}  {_said(say, day)}"
        for date, kind, day in zip(dates, kinds, days, strict=True)
    ]
    return [title, *lines]


def _said(say: Translator, day: EvidenceDay) -> str:
    """The evening's mood, and why it did not count."""
    mood = "" if day.mood is None else say.figure(day.mood)
    reason = say.choice("uncounted", day.reason) if day.reason else ""
    return f"{mood:>4}  {reason}"
