"""Read the name of a sport as watches and vendors write it, in the languages of the people who run."""

from __future__ import annotations

import re

# Strava writes a number into the <type> of its GPX exports.
_STRAVA = {
    "1": "cycling",
    "2": "alpine skiing",
    "3": "backcountry skiing",
    "4": "hiking",
    "7": "cross-country skiing",
    "9": "running",
    "10": "walking",
    "16": "swimming",
    "17": "cycling",
}
_NO_SPORT = frozenset({"", "other", "unknown", "uncategorized", "generic", "default", "activity", "track", "workout"})
_RUN = re.compile(r"\b(?:run|runs|running|jog|jogging)\b")
_KIND = re.compile(r"\b(treadmill|trail|track|street|virtual|indoor|ultra|road|race)\b")
_KINDS = (
    (re.compile(r"cycl|bik|\bride\b|\bspin"), "cycling"),
    (re.compile(r"hik"), "hiking"),
    (re.compile(r"walk"), "walking"),
    (re.compile(r"swim"), "swimming"),
)
_WORD_BREAK = re.compile(r"[\s_\-/]+|(?<=[a-z])(?=[A-Z])")

ON_FOOT = frozenset({None, "running", "walking", "hiking"})


def sport_of(name: str | None) -> tuple[str | None, str | None]:
    """Return the sport and, for a run, what kind of run; null where the file does not say.

    `TrailRun`, `trail_running` and `Trail Running` are all a trail run; a treadmill is a run too.

    Returns:
        The sport in lower case, and the kind of run.
    """
    words = _WORD_BREAK.sub(" ", name or "").strip().lower()
    if words in _NO_SPORT:
        return None, None
    if words.isdigit():
        return _STRAVA.get(words), None
    kind = _KIND.search(words)
    if _RUN.search(words) or words == "treadmill":
        return "running", kind[1] if kind else None
    return next((sport for pattern, sport in _KINDS if pattern.search(words)), words), None


# What would be taken for a run, a ride or a walk by a part of its name.
_OTHERS = re.compile(r"ski|schlittschuh|eislauf|langlauf|inline|roller|schneeschuh|raquette|esqu[ií]", re.IGNORECASE)
_SPORTS = (
    (
        re.compile(
            r"lauf|\btrail|course|courir|carrera|correr|corsa|corrida|hardlo|\bjogg|löp|løp|ランニング|跑步",
            re.IGNORECASE,
        ),
        "running",
    ),
    (
        re.compile(r"rad(?:fahr|tour|$)|fahrrad|vélo|cyclis|cicli|\bbici|pedal|fiets|\britje?\b", re.IGNORECASE),
        "cycling",
    ),
    (re.compile(r"spazier|\bgehen|marche|caminata|caminhada|camminata|wandeling|wandelen", re.IGNORECASE), "walking"),
    (re.compile(r"wander|randonn|senderis|excurs|escurs|trilha|hiken", re.IGNORECASE), "hiking"),
    (re.compile(r"schwimm|natation|nataci|natação|nuoto|zwem", re.IGNORECASE), "swimming"),
)


def sport_in_any_language(name: str | None) -> tuple[str | None, str | None]:
    """Return the sport and, for a run, what kind of run; null for a word that is not known here, which may be a run."""
    name = name or ""
    sport, sub_sport = sport_of(name)
    if sport in {"running", "cycling", "walking", "hiking", "swimming"}:
        return sport, sub_sport
    if _OTHERS.search(name):
        return name.strip().lower(), None
    known = next((sport for words, sport in _SPORTS if words.search(name)), None)
    return known, "trail" if known == "running" and "trail" in name.lower() else None
