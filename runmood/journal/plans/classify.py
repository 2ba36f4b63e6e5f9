"""The words by which plans name runs, rests and other things, in seven languages.

Written without accents and capitals (`plain`); a hyphen stands for a blank too, a star for any ending. The lists are
ours, from training plans in these languages. A word that means something else in everyday life is an effort, which
alone is not enough.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from runmood.journal.plans.models import Sport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from runmood.journal.plans.models import Session


RUNS = """
run runs running runner jog jogs jogging parkrun shakeout marathon halfmarathon ultramarathon treadmill 🏃
lauf laufe laufen lauftraining laufeinheit lauftreff dauerlauf* waldlauf* tempolauf* steigerungslauf* erholungslauf*
regenerationslauf* berglauf* halbmarathon* intervallauf* langer-lauf joggen
courir footing course-a-pied sortie-longue
correr trote rodaje tirada-larga carrera-continua carrera-a-pie
corrida corridas trotar rodagem longao
corsa correre corsetta fondo-lento fondo-medio fondo-lungo
hardlopen hardloop* duurloop* tempoloop* looptraining rennen
"""
STYLES = """
fartlek intervals tempo strides speedwork intervalltraining intervalle fractionne* vma intervalado ripetute
intervaltraining
"""
RESTS = """
rest-day rest-days rest-week day-off off-day off-days complete-rest full-rest recovery-day no-run 🛌 😴
ruhetag* ruhewoche pausentag trainingsfrei lauffrei kein-lauf
repos
descanso dia-libre
folga
riposo
rustdag* vrije-dag
"""
RESTS_AT_THE_START = "rest"
RESTS_ALONE = "off pause ruhe rust"
EFFORTS = """
easy long longrun recovery steady threshold progression progressive hills hill repeats reps vo2* z1 z2 z3 z4 zone
aerobic anaerobic sprints speed race hm mp interval track base endurance pace
locker* lang langer langsam ruhig* wettkampf berg bergauf schwelle* regeneration grundlage* ga1 ga2 tdl ldl dl
course sortie seuil recup* cotes allure endurance-fondamentale ef
series suave carrera cuestas rodar tirada largo ritmo umbral
leve tiros subida* longo regenerativo
lento lungo salite medio soglia recupero
rustig lopen loop wedstrijd drempel heuvels herstel
"""
TRAINING = """
training train workout session exercise plan week einheit entrainement seance entreno entrenamiento treino allenamento
"""
OTHER_DISTANCES = """
ride rides riding bike* biking cycling cycle spin spinning zwift mtb swim* rowing paddle* kayak* ski skiing xc-ski
skate* skating brick 🚴 🏊 🚲
rad radfahren radtour radeln rennrad schwimmen schwimm* rudern langlauf fahrrad
velo cyclisme natation nager piscine aviron
bici bicicleta ciclismo nadar natacion remo
pedal* natacao
bicicletta ciclismo nuoto nuotare canottaggio
fiets* fietsen wielren* zwem* zwemmen roeien schaatsen
"""
OTHERS = """
strength gym weights lifting lift yoga pilates stretch* mobility core hike hiking walk walking climb* boulder* tennis
football soccer basketball cross-training crosstraining xt massage physio dentist doctor 🏋 🧘 💪
kraft* krafttraining dehnen stabi* gymnastik wandern wanderung spaziergang zahnarzt arzt turnen
musculation renfo* gainage etirements marche randonnee* dentiste medecin
fuerza gimnasio pesas caminar caminata senderismo dentista medico estiramientos
forca musculacao academia caminhada alongamento medico
palestra forza pesi camminata escursione stretching
kracht* krachttraining wandelen wandeling tandarts huisarts rekken
"""
NOT_A_RUN = """
dry-run test-run trial-run school-run print-run ski-run no-run kein-lauf run-through run-throughs run-of run-errands
running-late running-order running-costs run-by on-the-run tempo-libero tempo-livre
"""
ABOUT_RUNNING = """
shoes shoe shop buy registration register sign-up expo pickup pick-up packet meeting call dinner lunch party webinar
podcast agm physio doctor volunteer* spectat* anmeldung schuhe inscription chaussures zapatillas inscripcion scarpe
iscrizione
"""


ALIKE = {0x2013: "-", 0x2014: "-", 0xD7: "x", 0x2019: "'", 0x2032: "'"}  # long hyphens, the times sign, apostrophes
LONGEST = 300  # characters of a title that anybody reads


def plain(text: str) -> str:
    """Text without capitals and accents, as the lists have it."""
    apart = unicodedata.normalize("NFKD", text[:LONGEST].casefold()).translate(ALIKE)
    return "".join(character for character in apart if not unicodedata.combining(character))


def pattern(listed: str, before: str = r"(?<!\w)", after: str = r"(?!\w)") -> re.Pattern[str]:
    """Make a pattern that finds any of the words, whole."""
    ways = "|".join(_one(word) for word in sorted(listed.split(), key=len, reverse=True))
    return re.compile(f"{before}(?:{ways}){after}")


def _one(word: str) -> str:
    return re.escape(word).replace(r"\-", "[ -]").replace(r"\*", r"\w*")


# --- How far and how long, where a plan says it in words: 10 km, 8 mi, 45 min, 1h30.

A_KM, A_MILE, A_METRE = 1000.0, 1609.344, 1.0
AN_HOUR, A_MINUTE = 3600.0, 60.0
FARTHEST_M, LONGEST_S = 400_000.0, 48 * AN_HOUR
LEAST_METRES = 1000.0  # written in metres, anything less is a piece of a session
SAME = 0.03  # "10 km (6.2 mi)" says one distance twice

_NUMBER = r"\d{1,6}(?:[.,]\d{1,3})?"
_LEAST = rf"(?<![\w.,:/@])(?P<least>{_NUMBER})(?:\s?(?:-|to|bis|a)\s?{_NUMBER})?"
_END = r"(?![\w/])(?!\s?(?:/|per\b|h\b))"
_KMS = "km|kms|k|kilomet(?:er|re)s?|kilometern|kilometros?|quilometros?|chilometr[io]"
_MILES = "mi|miles?|meilen?|millas?|milhas?|migli[ao]|mijl(?:en)?"
_METRES = "m|met(?:er|re)s?|metern|metros|metri"
_HOURS = "h|hrs?|hours?|std|stunden?|heures?|horas?|or[ae]|uur"
_MINUTES = "min|mins|minutes?|minuten?|minutos?|minut[io]|minuut|'"

DISTANCE = re.compile(
    rf"{_LEAST}[\s-]?(?:(?P<km>{_KMS})|(?P<mile>{_MILES})|(?P<metre>{_METRES})){_END}"
    r"(?![\s-](?:race[\s-])?(?:pace|effort))"
)
REPETITIONS = re.compile(r"\b\d{1,3}\s?(?:x|\*|times)\s?\(?\s?\d")
CLOCK = re.compile(r"(?<![\w.,:/@])(\d{1,2}):([0-5]\d):([0-5]\d)(?![\w:/])")
HOURS = re.compile(rf"(?<![\w.,:/@])({_NUMBER})\s?(?:{_HOURS})(?:\s?([0-5]?\d)\s?(?:m|{_MINUTES})?)?{_END}")
MINUTES = re.compile(rf"{_LEAST}[\s-]?(?:{_MINUTES}){_END}")


def has_repetitions(text: str) -> bool:
    """Whether a text tells of pieces that are repeated."""
    return bool(REPETITIONS.search(text))


def distance_of(text: str) -> float | None:
    """How many metres a plain text says, if it says it once."""
    if has_repetitions(text):
        return None
    said = [_metres(found) for found in DISTANCE.finditer(text)]
    return _the_only([metres for metres in said if metres], FARTHEST_M)


def duration_of(text: str) -> float | None:
    """How many seconds a plain text says, if it says it once."""
    if has_repetitions(text):
        return None
    said = [int(h) * AN_HOUR + int(m) * A_MINUTE + int(s) for h, m, s in CLOCK.findall(text)]
    said += [_number(h) * AN_HOUR + int(m or 0) * A_MINUTE for h, m in HOURS.findall(text)]
    alone = HOURS.sub(" ", text)  # the minutes of "1 h 30 min" are no amount of their own
    said += [_number(found["least"]) * A_MINUTE for found in MINUTES.finditer(alone)]
    return _the_only(said, LONGEST_S)


def _metres(found: re.Match[str]) -> float | None:
    """Return a distance that was found; null for a few metres, which are a piece of something."""
    unit = A_KM if found["km"] else A_MILE if found["mile"] else A_METRE
    metres = _number(found["least"]) * unit
    return None if unit == A_METRE and metres < LEAST_METRES else metres


def _the_only(amounts: Iterable[float], most: float) -> float | None:
    """Return the first amount, if the others say the same and it can be true."""
    said = list(amounts)
    agree = said and max(said) <= min(said) * (1 + SAME)
    return said[0] if agree and 0 < said[0] <= most else None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


# --- Whether a session is a run, a rest or neither, by what the file and the person say, and else by its words.

ENOUGH = 2


class Classification(Enum):
    """What a session was taken for."""

    RUN = "run"
    REST = "rest"
    OTHER = "neither"
    UNSURE = "unsure"


BY_COLUMN = {Sport.RUN: Classification.RUN, Sport.REST: Classification.REST, Sport.OTHER: Classification.OTHER}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says of a file: that all are runs but rests and other sports, or those with a word; its name."""

    all_runs: bool = False
    match: tuple[str, ...] = ()
    calendar: str | None = None


def verdict_of(session: Session, choice: Choice) -> Classification:
    """Return what a session is: by the person's word, then by the file's column, then by its own words."""
    title = plain(f"{session.title} {session.labels}")
    if any(_finds(plain(word), title) for word in choice.match):
        verdict = Classification.RUN
    elif session.sport is not None:
        return BY_COLUMN[session.sport]
    else:
        verdict = _by_words(title, choice.all_runs)
    spread = verdict is Classification.RUN and session.days > 1  # a run of several days is on none of them for sure
    return Classification.UNSURE if spread else verdict


def mentions_two_sports(session: Session) -> bool:
    """Whether an amount in its words may be that of a ride or a swim."""
    return _finds(OTHER_DISTANCES, plain(f"{session.title} {session.labels}"))


def _by_words(title: str, all_runs: bool) -> Classification:
    rest = _finds(RESTS, title) or _finds_at_an_edge(title)
    other = _finds(OTHER_DISTANCES, title) or _finds(OTHERS, title)
    style = _finds(STYLES, title) and not other  # there are intervals on a bicycle too
    if (_finds(RUNS, title) or style) and not _finds(NOT_A_RUN, title):
        return Classification.UNSURE if rest or _finds(ABOUT_RUNNING, title) else Classification.RUN
    if rest:
        return Classification.UNSURE if _hints(title) and not other else Classification.REST
    if other:
        return Classification.OTHER
    return Classification.RUN if all_runs else _by_hints(title)


def _by_hints(title: str) -> Classification:
    hints = _hints(title)
    if hints >= ENOUGH:
        return Classification.RUN
    lasting_only = hints == 1 and _lasts(title) and not _finds(TRAINING, title)
    unsure = (hints and not lasting_only) or _finds(TRAINING, title)
    return Classification.UNSURE if unsure else Classification.OTHER


def _hints(title: str) -> int:
    """How many of effort, distance, repetition and duration a title names."""
    return _finds(EFFORTS, title) + bool(DISTANCE.search(title)) + has_repetitions(title) + _lasts(title)


def _lasts(title: str) -> bool:
    return bool(MINUTES.search(title) or HOURS.search(title))


def _finds(listed: str, title: str) -> bool:
    return bool(_pattern(listed).search(title))


def _finds_at_an_edge(title: str) -> bool:
    """Whether a title begins with a word for rest, or is one that means something else in a sentence."""
    begins = _pattern(RESTS_AT_THE_START, before=r"^\W*")
    alone = _pattern(RESTS_ALONE, before=r"^\W*", after=r"\W*$")
    return bool(begins.search(title) or alone.search(title))


_pattern = cache(pattern)


# --- What a session of a plan means: a run, a rest, something else, or not sure; how far, and how long.

LEAST_SLOT_S, LONGEST_SLOT_S = 600, 12 * 3600
PIECES = re.compile(
    r"warm|cool|einlauf|auslauf|echauff|calent|aquec|riscald|inlop"
)  # an amount beside them is a piece's


@dataclass(frozen=True, slots=True)
class SessionClass:
    """What a session was taken for, and, of a run, how far and how long; null where the plan does not say."""

    verdict: Classification
    distance_m: float | None = None
    planned_s: float | None = None


def classify_session(session: Session, choice: Choice) -> SessionClass:
    """Return what a session means.

    What a file says in columns made for it goes before words; the title before the description; and how long the
    calendar keeps free comes last.
    """
    verdict = verdict_of(session, choice)
    if verdict is not Classification.RUN:
        return SessionClass(verdict)
    return SessionClass(verdict, _distance(session), _duration(session))


def _distance(session: Session) -> float | None:
    if session.distance_m or mentions_two_sports(session):
        return session.distance_m
    return _said_of_the_whole(session, distance_of)


def _duration(session: Session) -> float | None:
    if session.planned_s or mentions_two_sports(session):
        return session.planned_s
    return _said_of_the_whole(session, duration_of) or _slot(session)


def _said_of_the_whole(session: Session, amount_of: Callable[[str], float | None]) -> float | None:
    """Return what the title says, or the first line of the description where the title says nothing of it."""
    title, (first_line, *_) = plain(session.title), [*plain(session.detail).splitlines(), ""]
    piecewise = has_repetitions(title) or PIECES.search(first_line)
    return amount_of(title) or (None if piecewise else amount_of(first_line))


def _slot(session: Session) -> float | None:
    """How long the calendar keeps free, if a run can take as long."""
    return session.slot_s if session.slot_s and LEAST_SLOT_S <= session.slot_s <= LONGEST_SLOT_S else None
