"""Read the name of a sport as watches and vendors write it, in the languages of the people who run."""

# ruff: noqa: RUF001 - words in the letters of their languages

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
_WITH_A_RUN = re.compile(r"\bswim|\bbik|cycl")
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
    if "wheelchair" in words:  # also at the pace of a run
        return "wheelchair", None
    if _are_several(words):
        return words, None
    kind = _KIND.search(words)
    if _RUN.search(words) or words == "treadmill":
        return "running", kind[1] if kind else None
    return next((sport for pattern, sport in _KINDS if pattern.search(words)), words), None


def _are_several(words: str | None) -> bool:
    """Return whether a sport's name has running beside swimming or cycling: one outing of several sports."""
    return words is not None and bool(_RUN.search(words) and _WITH_A_RUN.search(words))


# What would be taken for a run, a ride or a walk by a part of its name.
_OTHERS = re.compile(
    r"ski|laufrad|schlittschuh|eislauf|langlauf|inline|roller|schneeschuh|raquette|esqu[ií]|snow|skat|\brow|ruder|aviron|kayak"
    r"|kajak|canoe|kanu|paddl|\bsup\b|surf|\bsail|segel|yoga|pilates|strength|weight|kraft|\bgym\b|cardio|fitness"
    r"|ellipti|crosstrainer|stair|climb|kletter|escalad|golf|tennis|soccer|football|basketball|p[aá]del\b|squash|badminton|tischtennis|hiiht|luistel|narty|łyż|patin|piscin|danc|boxing|flying|drone"
    r"|\bdriv|\bcar\b|\bauto\b|\bbus\b|\btaxi\b|\btram\b|motor|horse|reiten|equitation|hiit|crossfit|transition|triathlon|breath|meditat|diving"
    r"|スキー|滑雪|slalom|längdskid|langrenn|wheelchair|rollstuhl|rolstoel|fauteuil roulant|silla de ruedas"
    r"|hand(?:bik|cycl)",
    re.IGNORECASE,
)
# A word that is only a part of another sport's name, or of anything else, is left out: a "course" may be a planned way.
_SPORTS = (
    (
        re.compile(
            r"\b(?:run|runs|running|jog\w*|treadmill|trail ?run(?:s|ning)?|parkrun|footing|fartlek)\b"
            r"|lauf(?!rad)|\bcourse (?:[àa] pied|de fond|(?:en |\()(?:ext|int)[ée]rieur)"
            r"|\bcourir|carrera|\bcorrer|\bcorsa|corrida|hardlo|(?:ochtend|middag|lunch|avond|nacht|duur)loop\b|löp(?:ning|pass|tur|band|runda)|løp|løb|juoks|\bbieg|\bběh|\bbeh\b|futás"
            r"|\bkoşu|alerg|\bбег|забег|пробежк|\bбіг|トレッドミル|ランニング|ジョギング|跑步|跑|달리기|러닝"
            r"|τρέξιμο|ריצה|\bجري|วิ่ง|chạy"
            r"|\blari\b|\btek\b|trčanj|jooks|bėgim|skriešan|\btapis\b|cinta de correr|caminadora|trotadora"
            r"|esteira|passadeira|bieżni|tredemølle|laufband|loopband",
            re.IGNORECASE,
        ),
        "running",
    ),
    (
        re.compile(
            r"rad(?:fahr|tour|$)|\brad\b|fahrrad|v[ée]lo\b|cycl|cicli|\bbici|bik(?:e|es|er|ing)\b|\bmtb\b|wielren|pedal|fiets|\brid(?:e|es|ing)\b|\britje?\b|(?:ochtend|middag|lunch|avond|nacht)rit\b|\bspin"
            r"|rower|cykel|cykling|sykkel|sykl|pyörä|kolo\b|jízda|sürüş|вело|骑行|骑车|サイクリング|ライド|자전거|라이딩",
            re.IGNORECASE,
        ),
        "cycling",
    ),
    (
        re.compile(
            r"walk(?! ?breaks?)|spazier|\bgehen|marche|\bpaseo|caminata|caminhada|camminata|passeggiata|wandel"
            r"|\bspacer|gassi|promenad|gåtur"
            r"|kävely|прогулк|ходьба|步行|散步|走路|ウォーキング|散歩|걷기",
            re.IGNORECASE,
        ),
        "walking",
    ),
    (
        re.compile(r"\bhik|wander|randonn|senderis|excurs|escurs|trilha|поход|徒步|ハイキング|등산", re.IGNORECASE),
        "hiking",
    ),
    (
        re.compile(r"swim|schwimm|natation|nataci|natação|nuoto|zwem|plavan|плаван|游泳|水泳|수영", re.IGNORECASE),
        "swimming",
    ),
)


def sport_in_any_language(name: str | None) -> tuple[str | None, str | None]:
    """Return the sport and, for a run, what kind of run; null for a word that is not known here, which may be a run.

    `name` is the word for a sport, as an export's column or a device has it.
    """
    name = name or ""
    sport, sub_sport = sport_of(name)
    is_known = sport in {"running", "cycling", "walking", "hiking", "swimming"} or _are_several(sport)
    if is_known or name.strip() in _STRAVA:
        return sport, sub_sport
    if _OTHERS.search(name):
        return name.strip().lower(), None
    known = next((sport for words, sport in _SPORTS if words.search(name)), None)
    if known is None and re.fullmatch(r"\s*(?:course|trail|carrera)\s*", name, re.IGNORECASE):
        known = "running"
    return known, "trail" if known == "running" and "trail" in name.lower() else None


def sport_in_list(name: str | None) -> tuple[str | None, str | None]:
    """Return the sport of a list in which every entry names one, and the kind of run; null only for no name at all.

    A name that is known in no language stands as it is: in such a list it is another sport, and not an unnamed run.
    """
    known, kind = sport_in_any_language(name)
    return (known, kind) if known else sport_of(name)


def sport_in_title(title: str | None) -> str | None:
    """Return the sport that the title of an activity or the name of a file speaks of; null where it names none.

    "Evening bike ride" is a ride, "Cycling 10/2/17" too. Of two sports neither of which is running both are returned;
    "Run to the bike shop" and "Easy walk/run" may be either, and return null.
    """
    named = _named_in(title)
    return ", ".join(sorted(named)) or None if named == {"running"} or "running" not in named else None


def title_names_a_run(title: str | None) -> bool:
    """Return whether a title speaks of running, be it beside another sport."""
    return "running" in _named_in(title)


def _named_in(title: str | None) -> set[str]:
    words = _WORD_BREAK.sub(" ", title or "").split()
    others = [word for word in words if _OTHERS.search(word)]
    rest = " ".join(word for word in words if word not in others)
    return {sport for pattern, sport in _SPORTS if pattern.search(rest)} | {word.lower() for word in others}
