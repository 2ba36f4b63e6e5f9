"""The commands with which a person looks at a run, findings and the summary, and says what they think of a finding."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli.day_names import day_named
from runmood.cli.entries import LAST, append_now
from runmood.cli.numbers import amount
from runmood.cli.run_names import Run, named_run
from runmood.cli.status_line import status_line
from runmood.cli.support import show_help_if_distressed
from runmood.core.checkins import NOTE_LIMIT, EntryDeleted
from runmood.core.entries import LONGEST_RUN_M, DistanceCorrection, FindingFeedback, RunTagged
from runmood.core.enums import Feedback
from runmood.core.errors import UserError
from runmood.core.i18n import METRES
from runmood.home.home import resolve_home
from runmood.journal.decisions import next_feedback
from runmood.journal.resolve import effective_entries
from runmood.journal.store import read
from runmood.journal.tables import feedback_rows
from runmood.reports.context import period_named
from runmood.reports.findings import AskedQuestion, codes_answered_together, findings_as_text, why_as_text
from runmood.reports.gpx import as_gpx
from runmood.reports.render.documents import as_markdown
from runmood.reports.render.text import as_text, run_as_text
from runmood.reports.run import describe_run
from runmood.warehouse.publish import findings_to_show, read_points, read_run, read_tables
from runmood.workflow.pooled_effects import read_pooled_effects
from runmood.workflow.summaries import LONG_RUNS_SHOWN, refresh_summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from runmood.core.entries import Entry
    from runmood.home.home import Home
    from runmood.reports.context import Kind, Period


WIDEST = 100


def run(
    context: typer.Context,
    name: Run = LAST,
    *,
    distance: Annotated[
        float | None, typer.Option(parser=amount, help="How far it was, in your units: a treadmill's.")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(help="What kind of run; repeat for more.")] = None,
) -> None:
    """Show one run, or correct its distance or tag it."""
    home = resolve_home(context.obj)
    frames = _run_named(home, name)
    if distance is not None or tag:
        if frames["runs"]["recording_id"][0] is None:
            raise UserError(home.say("cli.ran.change_it", date=f"{frames['runs']['local_date'][0]}"))
        metres = None if distance is None else distance * METRES[home.settings.units]
        annotate_run(home, frames["runs"]["recording_id"][0], metres, tag)
        typer.echo(home.say("cli.reports.kept"))
        return
    frames |= {"points": read_points(home.published, home.points, frames["runs"]["run_id"][0])}
    typer.echo(run_as_text(describe_run(frames, home.say), _width()))


def export(
    context: typer.Context,
    run: Run,
    file: Annotated[Path | None, typer.Argument(help="Where to; RUN.gpx here if left out.")] = None,
    *,
    gpx: Annotated[bool, typer.Option("--gpx", help="As GPX 1.1, with heart rate and cadence.")] = False,
) -> None:
    """Write a run into a file that other programs read. It tells where you ran: think before you share it."""
    home = resolve_home(context.obj)
    if not gpx:
        raise UserError(home.say("cli.reports.which_form"))
    run_id = _run_named(home, run)["runs"]["run_id"][0]
    target = file or Path(f"{run_id}.gpx")
    if target.exists():
        raise UserError(home.say("cli.reports.there_already", file=f"{target}"))
    target.write_text(as_gpx(read_points(home.published, home.points, run_id), run_id), encoding="utf-8")
    typer.echo(home.say("cli.reports.exported", file=f"{target}"))


def _run_named(home: Home, run: str) -> dict[str, pl.DataFrame]:
    """Return all that is known of a run, by table.

    Raises:
        UserError: There is none of that name.
    """
    frames = read_run(home.published, named_run(home, run))
    if frames["runs"].is_empty():
        raise UserError(home.say("cli.runs.no_such_run", run=run))
    return frames


def annotate_run(
    home: Home, recording: str, distance_m: float | None = None, tags: Sequence[str] | None = None
) -> None:
    """Write down how far a recording was and which tags it has, where given; no tags at all take the old ones away."""
    if distance_m is not None and not 0 < distance_m < LONGEST_RUN_M:
        raise UserError(home.say("cli.runs.not_meant", km=f"{distance_m / 1000:g}"))
    entries: list[Entry] = []
    if distance_m is not None:
        entries.append(DistanceCorrection(recording, distance_m))
    if tags is not None:
        entries.append(RunTagged(recording, tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))))
    append_now(home, entries)


def findings(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="One question, such as B1; all if left out.")] = None,
    *,
    why: Annotated[bool, typer.Option("--why", help="Its evidence: rule, facts, terms, the days themselves.")] = False,
    hide: Annotated[bool, typer.Option("--hide", help="Show it no more.")] = False,
    disagree: Annotated[bool, typer.Option("--disagree", help="Say that this isn't true for you.")] = False,
    not_so: Annotated[bool, typer.Option("--not-so", hidden=True)] = False,
    note: Annotated[str | None, typer.Option(help="Keep a note with it, for later.")] = None,
    show_: Annotated[bool, typer.Option("--show", help="Show it again, and let go what you said of it.")] = False,
) -> None:
    """Show patterns in your notes and how sure they are; one with its evidence; or say what you think of it."""
    home, width = resolve_home(context.obj), _width()
    latest = findings_to_show(home.published, home.today() - LONG_RUNS_SHOWN, home.today())
    asked = latest if question is None else latest.filter(question=question.upper())
    if question is not None and asked.is_empty():
        raise UserError(home.say("cli.reports.no_such_question", question=question))
    words = [
        word
        for word, given in {Feedback.HIDDEN: hide, Feedback.NOT_SO: disagree or not_so, "shown": show_}.items()
        if given
    ]
    if words or note is not None:
        if question is None:
            raise UserError(home.say("cli.reports.which_question"))
        _say_of(home, codes_answered_together(latest, question.upper()), words, note)
    if question and why:
        typer.echo(why_as_text(home.say, _evidence(home, asked), width))
    else:
        pooled = read_pooled_effects(home)
        typer.echo(findings_as_text(home.say, asked, read_feedback(home), home.today(), width, pooled))


def _say_of(home: Home, codes: tuple[str, ...], words: list[str], note: str | None) -> None:
    """Keep one word on what is told as one answer, and a note where there is one."""
    if len(words) > 1 or ("shown" in words and note is not None):
        raise UserError(home.say("cli.reports.one_word"))
    if not codes:
        raise UserError(home.say("cli.reports.part_of_another"))
    if "shown" in words:
        withdraw_feedback(home, codes)
    else:
        save_feedback(home, codes, words[0] if words else None, None if note is None else note.strip())
    if len(codes) > 1:
        typer.echo(home.say("cli.reports.answered_together", questions=list(codes)) + "\n")


def summary(
    context: typer.Context,
    when: Annotated[
        str | None, typer.Argument(help="Such as 2025-W18, 2025-05, 2025, a date, or last; this one if left out.")
    ] = None,
    *,
    week: Annotated[bool, typer.Option("--week", help="A week.")] = False,
    month: Annotated[bool, typer.Option("--month", help="A month.")] = False,
    year: Annotated[bool, typer.Option("--year", help="A year.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="Everything so far.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in your browser.")] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Write Markdown, for a file or another program.")
    ] = False,
) -> None:
    """Show the last six weeks, or another time, in words and pictures, with your latest check-ins."""
    home = resolve_home(context.obj)
    kind = _one_kind(home, {"week": week, "month": month, "year": year, "all": all_})
    show_report(home, _period(home, kind, when), markdown=markdown)
    if open_:
        typer.launch(str(_page(home, _period(home, kind, when))))


def _one_kind(home: Home, given: dict[Kind, bool]) -> Kind | None:
    """Return the one kind that was given; null for none."""
    kinds = [kind for kind, chosen in given.items() if chosen]
    if len(kinds) > 1:
        raise UserError(home.say("cli.reports.one_period", options=[f"--{kind}" for kind in kinds], count=len(kinds)))
    return kinds[0] if kinds else None


def _period(home: Home, kind: Kind | None, when: str | None) -> Period | None:
    """Return the period that is meant; null for the last six weeks."""
    if not (kind or when):
        return None
    day = day_named(home.say, when, home.today()) if when and when.isalpha() else None
    return period_named(kind, f"{day}" if day else when, home.today())


def _page(home: Home, period: Period | None) -> Path:
    return home.page.with_stem(period.name) if period else home.page


def show_report(home: Home, period: Period | None = None, *, markdown: bool = False) -> None:
    """Write the summary, and where its page is; beside Markdown that word stands apart."""
    layout = as_markdown if markdown else partial(as_text, width=_width())
    with status_line(home.say, "cli.reports.begun"):
        written = refresh_summary(home, home.today(), period, layout)
    typer.echo(written, nl=not markdown)
    page = home.say("cli.reports.page", file=f"{_page(home, period).resolve()}")
    typer.echo(page if markdown else f"\n{page}", err=markdown)


def _evidence(home: Home, asked: pl.DataFrame) -> AskedQuestion:
    """Read all that stands behind the latest answer of one question."""
    from runmood.findings.stats.missed_runs_evidence import collect_evidence

    code = asked["question"][0]
    tables = read_tables(home.published, ("days", "sensitivity"))
    return AskedQuestion(
        findings=asked,
        sensitivity=tables["sensitivity"].filter(question=code),
        why=collect_evidence(tables["days"]).get(code),
        as_of=home.today(),
        pooled=read_pooled_effects(home),
    )


def _width() -> int:
    """Return the width of the terminal, and no more than one reads well."""
    return min(WIDEST, shutil.get_terminal_size((80, 24)).columns)


def save_feedback(home: Home, findings: Sequence[str], word: str | None, note: str | None) -> None:
    """Write down what is said of findings that are told as one, by their codes.

    A note stays where no other is given, an empty one takes it away, and a note alone leaves the word that stands.

    Raises:
        UserError: the note is too long.
    """
    if note and len(note) > NOTE_LIMIT:
        raise UserError(home.say("cli.reports.note_too_long", limit=f"{NOTE_LIMIT}", letters=f"{len(note)}"))
    stands = {row["question"]: row for row in read_feedback(home).iter_rows(named=True)}
    said = []
    for finding in findings:
        before = stands.get(finding, {})
        kept = before.get("note") or "" if note is None else note
        said.append(next_feedback(finding, word or Feedback.NOTED, kept, before.get("word")))
    append_now(home, said)
    show_help_if_distressed(home, [(note or "", None)])


def withdraw_feedback(home: Home, findings: Sequence[str]) -> None:
    """Let go of all that was said of findings: they are shown as any other."""
    append_now(home, [FindingFeedback(finding, None) for finding in findings])


def read_feedback(home: Home) -> pl.DataFrame:
    """Return the feedback that stands on each finding: a frame of FINDING_FEEDBACK."""
    from runmood.schema.tables import FINDING_FEEDBACK

    records = read(home.journal).records
    said = effective_entries(each for each in records if isinstance(each.entry, FindingFeedback | EntryDeleted))
    return FINDING_FEEDBACK.frame(feedback_rows(said, home.zone))
