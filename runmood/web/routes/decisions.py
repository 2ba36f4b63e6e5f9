"""Everything that waits for the person's word: recordings to judge, to date or to measure, and possible duplicates."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from runmood.core.checkins import EntryDeleted
from runmood.core.entries import (
    DistanceCorrection,
    FileChosen,
    RunDated,
    RunJudged,
    RunsMerged,
    RunSplit,
    RunTrimmed,
    SeriesJudged,
)
from runmood.core.enums import WRONG_CLOCK, StatusReason
from runmood.journal.decisions import content_prefix, names_in
from runmood.reports.run import agreement
from runmood.web.context import redirect_to
from runmood.web.forms import metres_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.core.entries import Entry
    from runmood.core.i18n import Translator
    from runmood.web.context import RenderContext
    from runmood.web.forms import FormData
    from runmood.web.ports import DecisionMade

    Row = dict[str, Any]


RECORDING_ID = re.compile(r"[0-9a-f]{4,64}-\d{1,4}")
SHOWN = 20  # decisions that may be undone on the page


class PairVerdict(StrEnum):
    """What two files are: one run or two, or one run of which the shorter file is right."""

    ONE = "one"
    TWO = "two"
    SHORTER = "shorter"


class RunVerdict(StrEnum):
    """Whether a recording is a run."""

    RUN = "run"
    NO_RUN = "not-a-run"


class TitleVerdict(StrEnum):
    """Whether the sessions of a title in a calendar are runs."""

    RUN = "run"
    NO_RUN = "neither"


@dataclass(frozen=True, slots=True)
class DecisionRoutes:
    """The page of all that waits for a decision, and its forms."""

    render: RenderContext

    def page(self, request: Request) -> Response:
        """Show what waits, for the person to decide."""
        app = self.render.app
        zone = app.now().tzinfo
        waiting = [self._shown(row, zone) for row in app.queries.to_decide().to_dicts()]
        jobs = [job for job in app.jobs.statuses() if not job.over]
        made = [self._made(each) for each in app.journal.decisions(SHOWN)]
        titles = [(file, title) for file, its_titles in app.titles().items() for title in its_titles]
        return self.render.page(
            request, "runs/decisions", waiting=waiting, made=made, titles=titles, TitleVerdict=TitleVerdict,
            pairs=app.queries.unclear_pairs().to_dicts(), jobs=jobs, agreement=agreement,
            Verdict=PairVerdict, RunVerdict=RunVerdict, today=app.now().date(),
        )  # fmt: skip

    def _shown(self, row: Row, zone: dt.tzinfo | None) -> Row:
        """Return a recording with what its form asks: its day where the clock is wrong, how far where nobody knows."""
        suggested = row["suggested_start_at"]
        return row | {
            "suggested_day": suggested.astimezone(zone).date() if suggested else None,
            "asks_day": row["reason_code"] in WRONG_CLOCK,
            "asks_cut": row["reason_code"] == StatusReason.HOLDS_A_RIDE,
            "asks_distance": row["reason_code"] == StatusReason.NO_DISTANCE,
        }

    def _made(self, decision: DecisionMade) -> Row:
        """Return a decision as the page has it: its files, what was said of them, when, and the entries to undo."""
        say, names = self.render.translator(), self.render.app.queries.file_names()
        recordings = dict.fromkeys(each for entry in decision.entries for each in names_in(entry))
        files = [names.get(content_prefix(each), content_prefix(each)) for each in recordings]
        files += [entry.title for entry in decision.entries if isinstance(entry, SeriesJudged)]
        said = dict.fromkeys(_words(say, entry) for entry in decision.entries)
        return {"files": list(dict.fromkeys(files)), "said": list(said), "at": decision.at, "ids": decision.ids}

    def undo(self, request: Request, form: FormData) -> Response:
        """Take back a decision, all that one form said of a file; the file then waits again where it did before."""
        chosen = form.several("entry")
        app = self.render.app
        made = app.journal.decisions(SHOWN)
        standing = {of: entry for each in made for of, entry in zip(each.ids, each.entries, strict=True)}
        if not chosen or not standing.keys() >= set(chosen):
            return self.render.message(request, HTTPStatus.BAD_REQUEST, "message.no_such_decision")
        done = self.render.write(request, [EntryDeleted(each) for each in chosen], "/doubtful", update=True)
        taken_back = [standing[each] for each in chosen]
        if series := {entry.title for entry in taken_back if isinstance(entry, SeriesJudged)}:
            app.reread_calendars(app.now(), series)
        return done

    def decide_recording(self, request: Request, form: FormData) -> Response:
        """Write down whether a recording is a run, and when or how far it was, where that is asked; then update."""
        named = {row["recording_id"]: row for row in self.render.app.queries.to_decide().to_dicts()}
        row, verdict = named.get(form.one("recording")), form.one("verdict")
        if row is None or verdict not in tuple(RunVerdict):
            return self.render.message(request, HTTPStatus.BAD_REQUEST, "message.no_such_recording")
        try:
            entries = self._entries(row, verdict, form)
        except ValueError:
            return self.render.message(request, HTTPStatus.UNPROCESSABLE_ENTITY, "message.no_such_answer")
        return self.render.write(request, entries, "/doubtful", update=True)

    def _entries(self, row: Row, verdict: str, form: FormData) -> list[Entry]:
        """Return what the person said of a recording.

        Raises:
            ValueError: A day or a distance is none that a run can have, or the day is missing.
        """
        said: list[Entry] = [RunJudged(row["recording_id"], verdict)]
        if verdict == RunVerdict.NO_RUN:
            return said
        if row["reason_code"] in WRONG_CLOCK:
            day = dt.date.fromisoformat(form.one("date"))
            if day > self.render.app.now().date():
                raise ValueError("a day to come")
            said.append(RunDated(row["recording_id"], day))
        if far := form.one("distance").strip():
            said.append(DistanceCorrection(row["recording_id"], metres_of(far, self.render.app.person().units)))
        return said

    def decide_title(self, request: Request, form: FormData) -> Response:
        """Write down whether the sessions of a title are runs, in every calendar; then update."""
        app, title, verdict = self.render.app, form.one("title"), form.one("verdict")
        if not any(title in titles for titles in app.titles().values()) or verdict not in tuple(TitleVerdict):
            return self.render.message(request, HTTPStatus.BAD_REQUEST, "message.no_such_answer")
        try:
            app.judge_title(app.now(), title, verdict)
        except OSError:
            return self.render.message(request, HTTPStatus.INSUFFICIENT_STORAGE)
        app.jobs.update()
        return redirect_to("/doubtful")

    def decide_pair(self, request: Request, form: FormData) -> Response:
        """Write the person's verdict on two files into the journal, and start an update."""
        one, other, verdict = (form.one(name) for name in ("one", "other", "verdict"))
        known = RECORDING_ID.fullmatch(one) and RECORDING_ID.fullmatch(other) and one < other
        if not known or verdict not in tuple(PairVerdict):
            return self.render.message(request, HTTPStatus.BAD_REQUEST, "message.no_such_pair")
        if verdict != PairVerdict.SHORTER:
            entry: Entry = RunsMerged(one, other) if verdict == PairVerdict.ONE else RunSplit(one, other)
            return self.render.write(request, [entry], "/doubtful", update=True)
        pairs = self.render.app.queries.unclear_pairs().filter(one=one, other=other)["cut_copy"].drop_nulls()
        if pairs.is_empty():
            return self.render.message(request, HTTPStatus.BAD_REQUEST, "message.no_such_pair")
        return self.render.write(request, [FileChosen(pairs[0])], "/doubtful", update=True)


def _words(say: Translator, entry: Entry) -> str:
    """Return what a decision says, as a sentence's part."""
    match entry:
        case SeriesJudged(_, verdict):
            return say("doubtful.made.title_run" if verdict == TitleVerdict.RUN else "doubtful.made.title_no_run")
        case RunJudged(_, verdict):
            return say("doubtful.made.run" if verdict == RunVerdict.RUN else "doubtful.made.no_run")
        case RunDated(_, date):
            return say("doubtful.made.dated", day=say.date(date))
        case DistanceCorrection(_, metres):
            return say("doubtful.made.far", distance=say.short_distance(metres))
    names = {RunsMerged: "one", RunSplit: "two", FileChosen: "chosen", RunTrimmed: "cut"}
    return say(f"doubtful.made.{names[type(entry)]}")
