"""Write the short passages at the top of a summary: patterns, what is unknown, and what is new."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.enums import FindingState, GoalState
from runmood.core.i18n import capital, readable
from runmood.findings import BY_CODE
from runmood.findings.answers import Section, on_screen, read_findings
from runmood.reports.models import News
from runmood.reports.overview import format_rated_evenings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.reports.context import Period, ReportData


NAMED = 3  # questions; of more the number is given


def headlines(
    say: Translator,
    days_unknown: str,
    findings: Sequence[FindingRow],
    answers: Sequence[FindingView],
    *,
    may_deny: bool = True,
) -> tuple[Section, ...]:
    """Write what is seen and what is not known.

    Args:
        say: who speaks.
        days_unknown: what is not known of the days, worded.
        findings: those on screen.
        answers: the same, worded.
        may_deny: whether it may be said that nothing stands out: not where the person hid or disputes a finding, nor
            in a hard time.

    Returns:
        Both passages, or those that hold anything.
    """
    passages = {
        "goes": _goes(say, findings, answers, may_deny=may_deny),
        "open": tuple(filter(None, (days_unknown, _waiting(say, findings), _alike(say, findings)))),
    }
    return tuple(Section(say(f"in_short.{name}"), sentences) for name, sentences in passages.items() if sentences)


def has_name(code: str) -> bool:
    """Return whether a question is told under a name of its own, and not as part of another."""
    return BY_CODE[code].spec.part_of is None


def named(say: Translator, codes: Iterable[str]) -> str:
    """Join questions by their names, as a sentence lists them."""
    return quoted(say, [say(f"questions.{code}.called") for code in codes])


def quoted(say: Translator, names: Iterable[str]) -> str:
    """Join names as a sentence lists them, each in quotation marks."""
    return say.listed([say("quoted", words=name) for name in names])


def _goes(
    say: Translator, findings: Sequence[FindingRow], answers: Sequence[FindingView], *, may_deny: bool
) -> tuple[str, ...]:
    if not findings:
        return ()
    titles = [answer.title for answer in answers if answer.seen]
    if not titles:
        return (say("in_short.nothing"),) if may_deny else ()
    return (say("in_short.seen", names=quoted(say, titles)), say("in_short.below", answers=len(titles)))


def _waiting(say: Translator, findings: Sequence[FindingRow]) -> str:
    """Name the questions that need more notes."""
    codes = _standing(findings, FindingState.NOT_ENOUGH_EVIDENCE)
    if not codes:
        return ""
    if len(codes) > NAMED:
        return capital(say("in_short.waiting", questions=len(codes)))
    return capital(say("in_short.waiting_named", questions=len(codes), names=named(say, codes)))


def _alike(say: Translator, findings: Sequence[FindingRow]) -> str:
    """Name the questions that these notes cannot answer, however many there are."""
    codes = _standing(findings, FindingState.CONFOUNDED)
    return say("in_short.alike", names=named(say, codes)) if codes else ""


def _standing(findings: Sequence[FindingRow], state: str) -> list[str]:
    latest = {finding.question: finding for finding in findings}
    return [code for code, finding in latest.items() if has_name(code) and finding.state == state]


NEW = dt.timedelta(days=7)
STAMP = "%Y%m%d"  # the day in a batch's name


def new_findings_since(period: Period) -> dt.date | None:
    """Return the first day that counts as new: of the last seven, or of the period; None for all time."""
    return period.last - NEW + dt.timedelta(days=1) if period.kind == "lately" else period.first


def news(data: ReportData, period: Period, findings: Sequence[FindingRow], *, tell_notes: bool = True) -> News | None:
    """Return what changed since the last time; None where nothing did.

    Args:
        data: what the page is made of.
        period: its days.
        findings: those on screen.
        tell_notes: whether runs, evenings and findings are news: not in a hard time, which is no time to count.
    """
    since = new_findings_since(period)
    if since is None or period.last < data.as_of:
        return None
    say, days = data.say, data.days.filter(pl.col("local_date") >= since)
    is_part = period.kind == "lately" and days.height < data.days.height  # else all that follows is of these days
    noted = (_runs(say, days), _evenings(say, days)) if is_part and tell_notes else ()
    files = _files(data, since) if is_part else ""
    changed = finding_news(data, since, findings) if tell_notes else ()
    lines = tuple(filter(None, (*changed, *noted, files, *_goals(data, since))))
    title = (
        say("news.since", day=say.weekday_near(since, period.last))
        if period.kind == "lately"
        else say(f"news.{period.kind}")
    )
    return News(title, lines) if lines else None


def finding_news(data: ReportData, since: dt.date, findings: Sequence[FindingRow]) -> Iterator[str]:
    """Yield what is seen for the first time, what no longer grows, and what is no longer seen."""
    say, day_before = data.say, since - dt.timedelta(days=1)
    before = {each.question: each for each in on_screen(read_findings(data.findings_before), day_before) if each.seen}
    now = {each.question: each for each in findings if each.seen and has_name(each.question)}
    changed = {
        "first_seen": [code for code, each in now.items() if code not in before and _first_shown(each) >= since],
        "stale": [code for code in now if code in before and before[code].growing and now[code].growing is False],
        "gone": [code for code in before if code not in now and _may_be_gone(code)],
    }
    yield from (say(f"news.{name}", names=named(say, codes)) for name, codes in changed.items() if codes)


def _may_be_gone(code: str) -> bool:
    """Return whether it is news that a question is no longer seen; nobody is told that a hard time is over."""
    spec = BY_CODE[code].spec
    return has_name(code) and not spec.momentary and not spec.safety


def _first_shown(finding: FindingRow) -> dt.date:
    """Return the first day on which a finding was shown."""
    shown_from = finding.facts.get("shown_from")
    return dt.date.fromisoformat(shown_from) if shown_from else finding.since or finding.night


def _runs(say: Translator, days: pl.DataFrame) -> str:
    runs, far = int(days["runs"].sum()), float(days["distance_m"].sum())
    if not runs:
        return ""
    return say("news.runs", runs=runs, far=say.distance(far)) if far else say("news.runs_without_distance", runs=runs)


def _evenings(say: Translator, days: pl.DataFrame) -> str:
    moods = days["mood_evening"].drop_nulls().sort().to_list()
    return format_rated_evenings(say, moods) if moods else ""


def _goals(data: ReportData, since: dt.date) -> Iterator[str]:
    """Yield the goals set, and the goals reached."""
    say = data.say
    lately = data.goals.filter(pl.col("since").is_between(since, data.as_of))
    reached = data.goals.filter(pl.col("reviewed_on").is_between(since, data.as_of), state=GoalState.REACHED.value)
    for name, goals in (("set", lately), ("reached", reached)):
        if not goals.is_empty():
            yield say(f"news.goals_{name}", goals=goals.height, names=quoted(say, map(readable, goals["words"])))


def _files(data: ReportData, since: dt.date) -> str:
    """Return how many files with a fault were imported since a day; the name of an import begins with its day."""
    fresh = data.notices.filter(pl.col("severity") != "info", pl.col("batch") >= since.strftime(STAMP))
    count = fresh["file_name"].n_unique()
    return data.say("news.files", files=count) if count else ""
