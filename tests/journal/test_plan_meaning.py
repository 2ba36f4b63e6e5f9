from __future__ import annotations

import datetime as dt

import pytest
from drawn import number, rows
from hypothesis import given
from hypothesis import strategies as some

from runmood.journal.plans.classify import Choice, Classification, SessionClass, classify_session
from runmood.journal.plans.models import Session, Sport

DAY = dt.date(2027, 1, 5)

BY_WORDS = """
    | title                          | taken for |
    | Easy run                       | run       |
    | 🏃 My first                    | run       |
    | Tempo                          | run       |
    | Intervals 6x800 m              | run       |
    | Fartlek                        | run       |
    | Long run                       | run       |
    | Half marathon                  | run       |
    | Walk/run                       | run       |
    | Easy 8 km                      | run       |
    | Recovery 5k                    | run       |
    | Long 18 mi                     | run       |
    | Easy 45 min                    | run       |
    | Run and yoga                   | run       |
    | Brick: bike 40 km + run 5 km   | run       |
    | Lockerer Dauerlauf             | run       |
    | Langer Lauf                    | run       |
    | Footing                        | run       |
    | Sortie longue                  | run       |
    | Course à pied                  | run       |
    | Fractionné 10x400 m            | run       |
    | Rodaje suave                   | run       |
    | Tirada larga                   | run       |
    | Corrida leve                   | run       |
    | Longão                         | run       |
    | Corsa lenta                    | run       |
    | Ripetute                       | run       |
    | Duurloop                       | run       |
    | Hardlopen                      | run       |
    | Rest                           | rest      |
    | Rest day                       | rest      |
    | Off                            | rest      |
    | DAY OFF or XT (Z2-3)           | rest      |
    | No run today                   | rest      |
    | Ruhetag                        | rest      |
    | Repos                          | rest      |
    | Descanso                       | rest      |
    | Folga                          | rest      |
    | Riposo                         | rest      |
    | Rustdag                        | rest      |
    | Ride 40 km                     | neither   |
    | Bike intervals                 | neither   |
    | Swim 2000 m                    | neither   |
    | Strength                       | neither   |
    | Yoga 30 min                    | neither   |
    | Dentist                        | neither   |
    | Krafttraining                  | neither   |
    | Vélo 2h                        | neither   |
    | Nuoto                          | neither   |
    | Fietsen                        | neither   |
    | Lunch with Ana                 | neither   |
    | Meeting 45 min                 | neither   |
    | Off to the airport             | neither   |
    | School run                     | neither   |
    | Dry run of the demo            | neither   |
    | Tempo libero                   | neither   |
    | Workout                        | unsure    |
    | Training 45 min                | unsure    |
    | 10 km                          | unsure    |
    | 5x1000 m                       | unsure    |
    | Easy                           | unsure    |
    | Rest or easy run               | unsure    |
    | Buy running shoes              | unsure    |
    | Running club dinner            | unsure    |
"""


def session(title: str, **more: object) -> Session:
    """A session with a title."""
    return Session(DAY, title, "line 1", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", rows(BY_WORDS), ids=lambda case: case["title"])
def test_what_words_are_taken_for(case: dict[str, str]) -> None:
    """Words only runners use are enough; of words of effort and amounts it takes two; what is unsure is not guessed."""
    assert classify_session(session(case["title"]), Choice()).verdict.value == case["taken for"]


AMOUNTS = """
    | title                         | metres | seconds |
    | Run 10 km                     | 10000  |         |
    | Run 10k                       | 10000  |         |
    | Run 7,5 km                    | 7500   |         |
    | 10-km-Lauf                    | 10000  |         |
    | Run 5 mi                      | 8046.7 |         |
    | Run 8-10 km                   | 8000   |         |
    | Run 10 km (6.2 mi)            | 10000  |         |
    | Run 5000 m                    | 5000   |         |
    | Run with 400 m hills          |        |         |
    | Run 5x1000 m                  |        |         |
    | Run 3 x 1 mile                |        |         |
    | Run 2 km, then 6 km           |        |         |
    | Run 6 miles at 10k pace       | 9656.1 |         |
    | Run 12 km/h                   |        |         |
    | Run 5:00/km                   |        |         |
    | Run 5 miles at 8 min/mi       | 8046.7 |         |
    | Run 45 min                    |        | 2700    |
    | Run 45'                       |        | 2700    |
    | Run 30-40 minutes             |        | 1800    |
    | Footing 1h30                  |        | 5400    |
    | Lauf 1,5 Stunden              |        | 5400    |
    | Run 2 hours 15 min            |        | 8100    |
    | Run 1:30:00                   |        | 5400    |
    | Run 8x3 min                   |        |         |
    | Run 10 min, then 20 min       |        |         |
    | Run 10 km in 50 min           | 10000  | 3000    |
    | Bike 40 km + run              |        |         |
    | Run 2000 km                   |        |         |
"""


@pytest.mark.parametrize("case", rows(AMOUNTS), ids=lambda case: case["title"])
def test_amounts_in_words(case: dict[str, str]) -> None:
    """One distance and one duration of the whole count; repetitions, several amounts and another sport's do not."""
    sense = classify_session(session(case["title"]), Choice())
    assert sense.distance_m == pytest.approx(number(case["metres"]), abs=0.1)
    assert sense.planned_s == number(case["seconds"])


@pytest.mark.parametrize(
    ("more", "metres", "seconds"),
    [
        ({"detail": "Walk run • 2.3 km • 25 min\nwith 5 min of walking"}, 2300, 1500),
        ({"detail": "Warm up 2 km, then strides"}, None, None),
        ({"detail": "8 km", "distance_m": 6000.0, "planned_s": 1800.0}, 6000, 1800),
        ({"slot_s": 3600.0}, None, 3600),
        ({"slot_s": 3600.0, "detail": "40 min"}, None, 2400),
        ({"slot_s": 0.0}, None, None),
        ({"slot_s": 24 * 3600.0}, None, None),
    ],
)
def test_what_goes_before_what(more: dict[str, object], metres: float | None, seconds: float | None) -> None:
    """A file's own columns go before words, and how long the calendar keeps free comes last."""
    assert classify_session(session("Easy run", **more), Choice()) == SessionClass(Classification.RUN, metres, seconds)


def test_a_files_own_column_goes_before_words() -> None:
    """Where a file says what a session is, its title does not matter."""
    senses = [classify_session(session("Easy run", sport=sport), Choice()).verdict for sport in Sport]
    assert senses == [Classification.RUN, Classification.REST, Classification.OTHER]


CHOSEN = """
    | title         | match      | all runs | taken for |
    | Club night    |            |          | neither   |
    | Club night    | club       |          | run       |
    | Club night    | CLUB NIGHT |          | run       |
    | Clubhouse     | club       |          | neither   |
    | Grundlage GA1 | ga1        |          | run       |
    | Club night    |            | yes      | run       |
    | Workout       |            | yes      | run       |
    | Yoga          |            | yes      | neither   |
    | Rest          |            | yes      | rest      |
    | Yoga run-in   | yoga       |          | run       |
"""


@pytest.mark.parametrize("case", rows(CHOSEN), ids=lambda case: f"{case['title']} {case['match']}{case['all runs']}")
def test_a_person_may_say_what_is_a_run(case: dict[str, str]) -> None:
    """By a word of the title, or of everything that is neither rest nor another sport."""
    choice = Choice(all_runs=bool(case["all runs"]), match=tuple(filter(None, [case["match"]])))
    assert classify_session(session(case["title"]), choice).verdict.value == case["taken for"]


def test_a_run_of_several_days_is_on_none_for_sure() -> None:
    """An entry of a whole week that speaks of running plans no day; a rest of a week is a rest."""
    assert classify_session(session("Running camp", days=3), Choice()).verdict is Classification.UNSURE
    assert classify_session(session("Rest week", days=7), Choice()).verdict is Classification.REST


@given(some.text(max_size=400))
def test_any_title_has_a_sense(title: str) -> None:
    """Whatever a title holds, it is taken for something, and amounts are above nothing."""
    sense = classify_session(session(title, detail=title), Choice())
    assert all(amount is None or amount > 0 for amount in (sense.distance_m, sense.planned_s))
