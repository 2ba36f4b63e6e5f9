"""Sports in the languages of the people who run: what a vendor's app called the activity."""

from __future__ import annotations

import re

from runmood.decode.xml.names import sport_of

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


def sport_in_any_language(said: str | None) -> tuple[str | None, str | None]:
    """The sport and, for a run, what kind of run; null for a word that is not known here, which may be a run."""
    said = said or ""
    sport, sub_sport = sport_of(said)
    if sport in {"running", "cycling", "walking", "hiking", "swimming"}:
        return sport, sub_sport
    if _OTHERS.search(said):
        return said.strip().lower(), None
    known = next((name for words, name in _SPORTS if words.search(said)), None)
    return known, "trail" if known == "running" and "trail" in said.lower() else None
