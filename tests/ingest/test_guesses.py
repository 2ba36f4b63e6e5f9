"""Real files that name no sport: what is taken for a run, what is asked, each judged by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from drawn import rows

from runmood.ingest.discover import discover_files
from runmood.ingest.read_file import read_file
from runmood.readers.sports import sport_in_any_language, sport_in_title

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = {
    "S": "gpx/corriporai+runpandas/docs_source_user_guide_session_",
    "D/": "gpx/ddboline+garmin_rust/",
    "M/": "gpx/movingpandas+movingpandas/tutorials_data_",
    "T/": "tcx/dblock+tcx/spec_data_",
}
# The sessions are one person's runs, published as such by the guide of runpandas; most others of them are titled so.
JUDGED = """
    | file | verdict | is | by hand, because |
    | S16aebccf-cf92-4b85-bf64-b7d2d219396b.gpx | run | run | one of the sessions, 6:46 /km |
    | S221871b9-78b8-41b5-8bf5-9aceb58b79b9.gpx | run | run | one of the sessions, 6:32 /km |
    | S26004849-dc57-4e48-bc16-11196ca043ad.gpx | run | run | one of the sessions, 5:41 /km, short |
    | S2d44350c-ca74-4d2e-b3af-77139b0ca3ea.gpx | run | run | one of the sessions, 6:23 /km |
    | S31836c9f-4cc1-431f-81ca-4943e313aa10.gpx | run | run | one of the sessions, 7:38 /km, even |
    | S507cd3f0-0192-4609-81d3-22cb8a348cb4.gpx | run | run | one of the sessions, 6:31 /km |
    | S68de8094-d27e-48cf-9838-b83ee70e3c9b.gpx | run | run | one of the sessions, 7:28 /km, even |
    | Sbf9be49e-05ce-4587-a535-2509bbf1bc83.gpx | run | run | one of the sessions, 6:26 /km |
    | Sca16e15a-3479-4666-a255-80f6ec84c15f.gpx | run | run | one of the sessions, 6:45 /km |
    | D/tests_data_test.gpx | run | run | the FIT file of the same outing says running |
    | S0da79b1d-dc15-4589-afff-aba4497ea626.gpx | undecided | run | run and walk: its minutes differ by a quarter |
    | S556160e9-d74c-440c-b0af-363efb753430.gpx | undecided | run | positions leap by hundreds of metres |
    | S720bf570-d855-4303-87c2-74d85429e52d.gpx | undecided | run | positions leap |
    | Sfeaf2949-0da0-47cf-b4ed-6818c70d0733.gpx | undecided | run | positions leap |
    | M/304_to_UL_2019-02-18_0745.gpx | skipped | not a run | a bus, line 304 |
    | T/sup_sup_activity_1.tcx | skipped | not a run | its name: a paddle board |
    | T/swim_swim_activity_1.tcx | skipped | not a run | its name: a swim |
    | T/walking_walking_activity_1.tcx | skipped | not a run | its name: a walk |
    | T/cross-country-skiing_cross-country-skiing_activity_1.tcx | skipped | not a run | its name: skis |
"""


@pytest.mark.parametrize("case", rows(JUDGED), ids=lambda case: case["file"][-40:])
def test_real_files_without_a_sport_are_judged_as_by_hand(case: dict[str, str], corpus_dir: Path) -> None:
    """Of the runs taken by guess none is anything else; what is doubtful waits."""
    short = next(short for short in FOLDERS if case["file"].startswith(short))
    name = FOLDERS[short] + case["file"].removeprefix(short)
    (found,) = discover_files([corpus_dir / "corpus" / name], lambda _name, _stamp: False)
    file = read_file(found, name, ZoneInfo("UTC"))
    assert file.outcome == case["verdict"]
    if case["verdict"] == "run":
        assert case["is"] == "run"
        assert [recording.row["status_reason"] for recording in file.recordings] == ["guessed"]


TITLES = """
    | title                        | sport    |
    | Evening bike ride            | cycling  |
    | Cycling 10/2/17              | cycling  |
    | evening walk                 | walking  |
    | Berlin Laufen                | running  |
    | corsa mattutina              | running  |
    | 跑步                         | running  |
    | Carrera de mañana            | running  |
    | Course à pied le soir        | running  |
    | Sexta-Feira Corrida Matutina | running  |
    | Löpning                      | running  |
    | Бег утром                    | running  |
    | Radfahren                    | cycling  |
    | Spaziergang                  | walking  |
    | Skilanglauf                  | skilanglauf |
    | Afternoon Drive              | drive    |
    | Paseo en bici                | cycling, walking |
    | Mountainbike                 | cycling  |
    | Ochtendrit                   | cycling  |
    | Morgencykeltur               | cycling  |
    | Утренний велозаезд           | cycling  |
    | Gassirunde                   | walking  |
    | Bus 304                      | bus      |
    | Ochtendloop                  | running  |
    | Morgenløpetur                | running  |
    | Утренний забег               | running  |
    | Course sur tapis             | running  |
    | Esteira                      | running  |
    | Easy walk/run                |          |
    | Run to the bike shop         |          |
    | Some Ultra - official course |          |
    | Brunch                       |          |
    | 304.1                        |          |
"""


@pytest.mark.parametrize("case", rows(TITLES), ids=str)
def test_a_title_may_say_the_sport(case: dict[str, str]) -> None:
    """A title names a sport in the languages that watches write; running beside another, or none, says nothing."""
    assert sport_in_title(case["title"]) == (case["sport"] or None)


@pytest.mark.parametrize("said", ["Laufen", "corsa", "跑步", "Carrera", "Course à pied", "Course", "treadmill_running"])
def test_a_stated_run_is_one_in_every_language(said: str) -> None:
    """The word that a file has for its sport is known, whichever language the watch speaks."""
    assert sport_in_any_language(said)[0] == "running"
