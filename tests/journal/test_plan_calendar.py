from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from drawn import rows

from runmood.core.entries import PlannedDay
from runmood.core.i18n import translator
from runmood.journal.codec import JournalRecord
from runmood.journal.plans import read_plan
from runmood.journal.plans.classify import Choice
from runmood.journal.plans.models import BadPlanError, Window
from runmood.journal.plans.versions import changes_of

if TYPE_CHECKING:
    from runmood.journal.plans.versions import CalendarPlan

GERMAN = translator("de", "metric")

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = dt.date(2026, 11, 22)  # a Sunday
ZONE = """
BEGIN:VTIMEZONE
TZID:Somewhere
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE
"""


def calendar(*events: str, head: str = "X-WR-CALNAME:Training") -> bytes:
    """A calendar with events, each drawn as its lines."""
    bodies = "".join(f"BEGIN:VEVENT\nUID:{number}\n{body.strip()}\nEND:VEVENT\n" for number, body in enumerate(events))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head.strip()}\n{bodies}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(content: bytes, zone: ZoneInfo = BERLIN, choice: Choice = Choice()) -> CalendarPlan:  # noqa: B008 - it is frozen
    """What a calendar plans."""
    return read_plan(content, "plan.ics", Window(TODAY, zone), choice)


def days(draft: CalendarPlan) -> list[str]:
    """Month and day of each planned day, in order."""
    return [f"{date:%m-%d}" for date in sorted(draft.days)]


WHICH_DAY = """
    | start                                | Berlin     | Tokyo      |
    | DTSTART;VALUE=DATE:20261201          | 2026-12-01 | 2026-12-01 |
    | DTSTART:20261201                     | 2026-12-01 | 2026-12-01 |
    | DTSTART:20261201T233000              | 2026-12-01 | 2026-12-01 |
    | DTSTART:20261201T223000Z             | 2026-12-01 | 2026-12-02 |
    | DTSTART:20261201T233000Z             | 2026-12-02 | 2026-12-02 |
    | DTSTART;TZID=America/New_York:20261201T200000 | 2026-12-02 | 2026-12-02 |
    | DTSTART;TZID=Somewhere:20261202T053000        | 2026-12-01 | 2026-12-02 |
    | DTSTART;TZID=W. Europe Standard Time:20261201T070000 | 2026-12-01 | 2026-12-01 |
    | DTSTART:20261201T013000              | 2026-12-01 | 2026-12-01 |
"""


@pytest.mark.parametrize("case", rows(WHICH_DAY), ids=lambda case: case["start"])
def test_the_day_is_the_one_on_the_clock_at_home(case: dict[str, str]) -> None:
    """All-day events have their day, times are brought home, and a time without a zone is by the clock at home."""
    content = calendar(f"{case['start']}\nSUMMARY:Easy run", head=ZONE)
    for home in (BERLIN, ZoneInfo("Asia/Tokyo")):
        (date,) = read(content, home).days
        assert str(date) == case[home.key.partition("/")[2]]


REPEATED = """
    | rule                                              | days                          |
    | RRULE:FREQ=WEEKLY;COUNT=3                         | 12-01 12-08 12-15             |
    | RRULE:FREQ=WEEKLY;UNTIL=20261215T060000Z          | 12-01 12-08 12-15             |
    | RRULE:FREQ=WEEKLY;UNTIL=20261215                  | 12-01 12-08                   |
    | RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2              | 12-01 12-15                   |
    | RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4             | 12-01 12-03 12-08 12-10       |
    | RRULE:FREQ=DAILY;COUNT=3                          | 12-01 12-02 12-03             |
    | RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=2              | 12-01 01-05                   |
    | RRULE:FREQ=MONTHLY;BYMONTHDAY=1;COUNT=2           | 12-01 01-01                   |
    | RRULE:FREQ=YEARLY;COUNT=2                         | 12-01                         |
    | RRULE:FREQ=WEEKLY;COUNT=3\\nEXDATE:20261208T060000Z | 12-01 12-15                 |
    | RDATE:20261205T060000Z,20261206T060000Z           | 12-01 12-05 12-06             |
"""


@pytest.mark.parametrize("case", rows(REPEATED), ids=lambda case: case["rule"])
def test_repeated_events(case: dict[str, str]) -> None:
    """A rule is followed, with its exceptions and additions, as far as a year ahead."""
    rule = case["rule"].replace("\\n", "\n")
    assert set(days(read(calendar(f"DTSTART:20261201T060000Z\n{rule}\nSUMMARY:Easy run")))) == set(case["days"].split())


def test_a_rule_without_end_ends_a_year_ahead() -> None:
    """It is followed from a year back, so that what has begun can be counted, to a year ahead."""
    planned = read(calendar("DTSTART;VALUE=DATE:20160105\nRRULE:FREQ=WEEKLY\nSUMMARY:Easy run")).days
    assert (min(planned), max(planned), len(planned)) == (dt.date(2025, 11, 25), dt.date(2027, 11, 16), 104)


def test_the_clock_stays_when_it_is_changed() -> None:
    """A weekly run at 23:30 in Berlin stays on its weekday on both sides of the change of the clock."""
    late = "DTSTART;TZID=Europe/Berlin:20270316T233000\nRRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:Easy run"
    assert days(read(calendar(late))) == ["03-16", "03-23", "03-30", "04-06"]


def test_one_of_a_series_may_differ() -> None:
    """A moved one is on its new day, a cancelled one is counted and plans nothing."""
    content = calendar("DTSTART:20261201T060000Z\nRRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:Easy run")
    series = content.decode().replace("END:VCALENDAR\r\n", "")
    moved = "RECURRENCE-ID:20261208T060000Z\r\nDTSTART:20261210T060000Z\r\nSUMMARY:Tempo run"
    cancelled = "RECURRENCE-ID:20261215T060000Z\r\nDTSTART:20261215T060000Z\r\nSTATUS:CANCELLED\r\nSUMMARY:Easy run"
    others = "".join(f"BEGIN:VEVENT\r\nUID:0\r\n{body}\r\nEND:VEVENT\r\n" for body in (moved, cancelled))
    draft = read(f"{series}{others}END:VCALENDAR\r\n".encode())
    assert days(draft) == ["12-01", "12-10", "12-22"]
    assert draft.days[dt.date(2026, 12, 10)].name == "Tempo run"
    assert draft.counts == {"run": 3, "cancelled": 1}


def test_a_calendar_that_calls_everything_off() -> None:
    """A calendar whose method is CANCEL plans nothing, and covers its days."""
    draft = read(calendar("DTSTART:20261201\nSUMMARY:Easy run", head="METHOD:CANCEL"))
    assert (draft.days, draft.covers) == ({}, (dt.date(2026, 12, 1), dt.date(2026, 12, 1)))


def test_several_sessions_of_a_day() -> None:
    """Names are joined and amounts added; where one is unknown the total is too; a run goes before a rest."""
    draft = read(
        calendar(
            "DTSTART;VALUE=DATE:20261201\nSUMMARY:Easy run 5 km",
            "DTSTART;VALUE=DATE:20261201\nSUMMARY:Evening run 8 km",
            "DTSTART;VALUE=DATE:20261201\nSUMMARY:Rest day",
            "DTSTART;VALUE=DATE:20261202\nSUMMARY:Easy run 5 km",
            "DTSTART;VALUE=DATE:20261202\nSUMMARY:Strides and a run",
        )
    )
    both, unknown = (draft.days[dt.date(2026, 12, number)] for number in (1, 2))
    assert both == PlannedDay(both.date, "run", 13_000, None, "Easy run 5 km + Evening run 8 km", "Training")
    assert unknown.distance_m is None


def test_a_rest_of_a_week_is_seven() -> None:
    """An all-day rest plans each of its days, its end excluded; a run of several days plans none and is named."""
    draft = read(
        calendar(
            "DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261208\nSUMMARY:Rest week",
            "DTSTART;VALUE=DATE:20261210\nDTEND;VALUE=DATE:20261213\nSUMMARY:Running camp",
            "DTSTART;VALUE=DATE:20261215\nDTEND;VALUE=DATE:20261215\nSUMMARY:Easy run",
            "DTSTART;TZID=Europe/Berlin:20261219T220000\nDTEND;TZID=Europe/Berlin:20261220T080000\nSUMMARY:Night run",
        )
    )
    assert days(draft) == [*(f"12-0{number}" for number in range(1, 8)), "12-15", "12-19"]
    assert [str(session).partition(" (")[2] for session in draft.unsure] == ["Running camp)"]


def test_what_is_unsure_is_named_once_with_its_line() -> None:
    """However often it repeats; and it plans nothing."""
    draft = read(calendar("DTSTART;VALUE=DATE:20261201\nSUMMARY:Workout\nRRULE:FREQ=DAILY;COUNT=3"))
    assert ([*map(str, draft.unsure)], draft.days) == (["line 4 (Workout), 3 days"], {})


def test_categories_say_what_an_event_is() -> None:
    """A title without a known word is a run where the calendar's own category says so; it is not part of the name."""
    draft = read(calendar("DTSTART:20261201\nSUMMARY:W2D3\nCATEGORIES:Training,Running"))
    assert [day.name for day in draft.days.values()] == ["W2D3"]


NAMED = """
    | head                                | file                | calendar |
    | X-WR-CALNAME:Spring                 | a.ics               | Spring   |
    | NAME:Spring                         | a.ics               | Spring   |
    | PRODID:x                            | Marathon (2).ics    | Marathon |
    | PRODID:x                            | Marathon.ics        | Marathon |
"""


@pytest.mark.parametrize("case", rows(NAMED), ids=lambda case: f"{case['head']} {case['file']}")
def test_which_calendar_it_is(case: dict[str, str]) -> None:
    """By the name it gives itself, else by its file's, without what a browser adds to a second download."""
    content = calendar("DTSTART:20261201\nSUMMARY:Run", head=case["head"])
    draft = read_plan(content, case["file"], Window(TODAY, BERLIN), Choice())
    assert {draft.calendar, draft.days[dt.date(2026, 12, 1)].calendar} == {case["calendar"]}


def test_a_zone_that_nobody_knows_is_told() -> None:
    """Its events are taken by the clock at home, and a remark says so."""
    draft = read(calendar("DTSTART;TZID=Nowhere/Land:20261201T070000\nSUMMARY:Run"))
    assert days(draft) == ["12-01"]
    assert [*map(str, draft.remarks)] == [
        "The time zone Nowhere/Land is unknown; its events (1) were taken by the clock at home."
    ]


@pytest.mark.filterwarnings("error")
def test_a_makers_prefix_before_a_zone_is_understood() -> None:
    """Some programs write their own name before a zone's; it is that zone, and nothing is complained of."""
    draft = read(calendar("DTSTART;TZID=/mozilla.org/20070129_1/America/New_York:20261201T200000\nSUMMARY:Run"))
    assert (days(draft), draft.remarks) == (["12-02"], ())


def test_the_zones_of_a_file_are_its_own() -> None:
    """A zone that another file called the same does not matter."""
    event = "DTSTART;TZID=Somewhere:20261202T053000\nSUMMARY:Run"
    assert days(read(calendar(event, head=ZONE))) == ["12-01"]
    assert days(read(calendar(event, head=ZONE.replace("+0900", "+0100")))) == ["12-02"]


def test_events_that_share_an_id_by_mistake_all_count() -> None:
    """Some apps give every event one id; none of them vanishes."""
    content = calendar("DTSTART:20261201\nSUMMARY:Run", "DTSTART:20261202\nSUMMARY:Run").replace(b"UID:1", b"UID:0")
    assert days(read(content)) == ["12-01", "12-02"]


ENDLESS = [
    "FREQ=SECONDLY",
    "FREQ=MINUTELY",
    "FREQ=HOURLY",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;BYHOUR=1,2,3,4",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
    "FREQ=WEEKLY\nDTEND:00261201T060000Z",
    "FREQ=WEEKLY\nRECURRENCE-ID:90261208T060000Z",
]


@pytest.mark.parametrize("rule", ENDLESS)
def test_a_rule_that_no_plan_has_is_left_out_and_named(rule: str) -> None:
    """What repeats within a day, or perhaps never, is not followed; the rest of the calendar is read."""
    draft = read(calendar(f"DTSTART:20261201T060000Z\nRRULE:{rule}\nSUMMARY:Run", "DTSTART:20261202\nSUMMARY:Run"))
    assert days(draft) == ["12-02"]
    assert [f"{each.reason}" for each in draft.set_aside] == [
        "line 4 (Run): repeats in a way that no plan of a week does"
    ]


BROKEN = {
    "line 4 (Run): it has no DTSTART": calendar("SUMMARY:Run"),
    "line 4 (Run): it says DTSTART twice": calendar("DTSTART:20261201\nDTSTART:20261202\nSUMMARY:Run"),
    "line 4 (Run): Expected weekday": calendar("DTSTART:20261201\nRRULE:FREQ=WEEKLY;BYDAY=XX\nSUMMARY:Run"),
    "it breaks off before END:VCALENDAR": calendar("DTSTART:20261201\nSUMMARY:Run")[:-20],
    "it is no calendar that we can read": b"BEGIN:VCALENDAR\r\nhello\r\nEND:VCALENDAR\r\n",
    "a time zone in it changes its clock more than some times a year": calendar(
        "DTSTART:20261201\nSUMMARY:Run", head=ZONE.replace("TZOFFSETTO", "RRULE:FREQ=SECONDLY\nTZOFFSETTO")
    ),
    "parts of it stand outside any calendar": b"BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n",
    "it is empty": b"\r\n",
    "more than the 500 that a plan can need": calendar(*["DTSTART:20261201\nRRULE:FREQ=DAILY"] * 501),
    "it is larger than 10 MB": b"BEGIN:VCALENDAR" + b" " * 10_000_000,
}


BAD_EVENTS = {
    "Expected datetime": "DTSTART:20261202T0700\nSUMMARY:Second run",
    "it has no DTSTART": "SUMMARY:Second run",
    "it says DTSTART twice": "DTSTART:20261202\nDTSTART:20261203\nSUMMARY:Second run",
    "Expected weekday": "DTSTART:20261202\nRRULE:FREQ=WEEKLY;BYDAY=XX\nSUMMARY:Second run",
}


@pytest.mark.parametrize(("fault", "event"), BAD_EVENTS.items(), ids=BAD_EVENTS)
def test_an_event_that_cannot_be_read_is_set_aside(fault: str, event: str) -> None:
    """The others are taken; what is left out is named by line and title, with the fault."""
    draft = read(calendar("DTSTART:20261201\nSUMMARY:Run", event, "DTSTART:20261204\nSUMMARY:Long run"))
    assert days(draft) == ["12-01", "12-04"]
    (set_aside,) = draft.set_aside
    assert str(set_aside.reason).startswith("line 9 (Second run): ")
    assert fault in str(set_aside.reason)


def test_what_an_unreadable_event_planned_before_stands() -> None:
    """A day is taken back where its event is gone, and stands where an event of its name cannot be read."""
    runs = ["DTSTART:20261201\nSUMMARY:Run", "DTSTART:20261202\nSUMMARY:Hills", "DTSTART:20261203\nSUMMARY:Long run"]
    kept, last = calendar(*runs), "DTSTART:20261204\nSUMMARY:Run"
    now = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    told = tuple(JournalRecord(f"{day.date}", now, day) for day in read(kept).days.values())
    torn = read(calendar(runs[0], "DTSTART:torn\nSUMMARY:Hills", last))
    changes = changes_of(torn, told, now, BERLIN)
    assert [f"{day.date:%m-%d}" for day in changes.taken_back] == ["12-03"]


@pytest.mark.parametrize(("sentence", "content"), BROKEN.items(), ids=BROKEN)
def test_a_broken_calendar_is_refused_whole(sentence: str, content: bytes) -> None:
    """One sentence names the file, the line and the event's title, and the fault; nothing is half-read."""
    with pytest.raises(BadPlanError) as refused:
        read(content)
    assert str(refused.value).startswith("plan.ics: ")
    assert sentence in str(refused.value)
    assert str(refused.value).endswith(". We took nothing from it.")
    assert refused.value.spoken(GERMAN).endswith(". Wir haben nichts daraus übernommen.")


def test_a_calendar_as_runna_writes_it() -> None:
    """Days without VALUE=DATE, an emoji, a distance in the title, and an estimate of its own."""
    event = """
DTSTAMP:20261115
DTSTART:20261124
DTEND:20261125
SUMMARY:🏃 First steps • 2.3km
DESCRIPTION:Walk Run • 2.3km • 25m - 30m\\n\\n5 mins walking warm up
X-WORKOUT-ESTIMATED-DURATION:1800
"""
    (day,) = read(calendar(event)).days.values()
    assert (day.planned, day.distance_m, day.planned_s) == ("run", 2300, 1800)


def test_a_calendar_as_trainingpeaks_writes_it() -> None:
    """Planned sessions take the whole day and end on the day they begin."""
    event = """
DTSTART;VALUE=DATE:20261124
DTEND;VALUE=DATE:20261124
SUMMARY:Easy Run
DESCRIPTION:Zone 2 aerobic run\\n30-40 minutes
SEQUENCE:0
"""
    draft = read(calendar(event, head="PRODID:TrainingPeaks"))
    assert draft.days == {
        dt.date(2026, 11, 24): PlannedDay(dt.date(2026, 11, 24), "run", None, None, "Easy Run", "plan")
    }


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Europe/Berlin", "Pacific/Auckland"])
@pytest.mark.parametrize(
    "span",
    [
        "DTSTART:20270105T000000Z\nDTEND:20270106T000000Z",
        "DTSTART;TZID=UTC:20270105T000000\nDURATION:P1D",
        "DTSTART:20270105T000000\nDTEND:20270106T000000",
        "DTSTART;VALUE=DATE:20270105",
    ],
)
def test_a_whole_day_is_that_day_wherever_one_lives(zone: str, span: str) -> None:
    """An event from midnight to midnight in UTC is a whole day in disguise: west of Greenwich it is no day earlier."""
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n{span}\nSUMMARY:Easy run\nEND:VEVENT\nEND:VCALENDAR\n"
    assert [*read(text.replace("\n", "\r\n").encode(), ZoneInfo(zone)).days] == [dt.date(2027, 1, 5)]


def test_what_is_tentative_is_doubtful() -> None:
    """An event that its calendar calls tentative plans nothing until the person says so."""
    event = "UID:1\nDTSTART;VALUE=DATE:20270105\nSUMMARY:Easy run\nSTATUS:TENTATIVE"
    draft = read(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR\n".replace("\n", "\r\n").encode())
    assert (draft.days, draft.doubtful) == ({}, ("Easy run",))
