"""Read the name of a sport as watches and vendors write it, in the languages of the people who run."""

# ruff: noqa: RUF001 - words in the letters of their languages

from __future__ import annotations

import re
import unicodedata

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
_BESIDE_A_RUN = frozenset({"cycling", "swimming"})
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
_ANOTHER = (
    r"bieg\w* narciarsk\w*|narciarstwo biegowe|беговые лыжи|běh na lyž|ski|laufrad|schlittschuh|eislauf"
    r"|langlauf|inline|(?<!st)roller|schneeschuh|raquette|esqu[ií]|snow|skat"
    r"|skeeler|schaats|skøjte|skøyte|narciar|narty|łyż|na lyž|lyžo|běžky|bežky|sífut|スキー|滑雪|스키|längdskid"
    r"|langrenn"
    r"|лыж|hiiht|luistel|patin|pattin|slalom|\bsci (?:di|alpin|nordic)"
    r"|\brow|ruder|aviron|\bremo\b|remada|roei|ローイング|划船|kayak|kajak|canoe|kanu|paddl|\bsup\b|surf|\bsail|segel"
    r"|yoga|pilates|strength|weight|kraft|kracht|muscul|\bpes[ai]s?\b|\bgym\b|cardio|fitness|ellipti|crosstrainer|stair"
    r"|climb|kletter|escalad|golf|tennis|soccer|football|basketball|p[aá]del\b|squash|badminton|tischtennis"
    r"|piscin|danc|boxing|flying|drone|horse|reiten|paardrij|[eé]quitation|hiit|crossfit|transition|triathlon|duathlon"
    r"|breath|meditat|diving"
    r"|\bdriv|\bcar\b|\bauto\b|automobil|\bbus\b|\btaxi\b|\btram\b|zugfahrt|motor|(?:carreras?|corridas?) de "
    r"(?:coches|autos|carros|motos|caballos|cavalos|toros|touros)"
    r"|wheelchair|rollstuhl|rolstoel|fauteuil roulant|silla de ruedas|hand(?:bik|cycl)"
)
_OTHERS = re.compile(_ANOTHER, re.IGNORECASE)
_OTHERS_WITHIN = re.compile(rf"\S*?(?:{_ANOTHER})\S*", re.IGNORECASE)  # the whole words
# A word that is only a part of another sport's name, or of anything else, is left out: a "course" may be a planned way.
_SPORTS = (
    (
        re.compile(
            r"\b(?:run|runs|running|jog\w*|treadmill|trail ?run(?:s|ning|nen)?|parkrun|footing|fartlek|canicross)\b"
            r"|lauf(?!rad)|\bcourse (?:[àa] pied|de fond|sur piste|virtuelle|(?:en |\()(?:salle|(?:ext|int)[ée]rieur))"
            r"|\bcourir|carrera|\bcorrer|\bcorsa|corrida|hardlo|loop(?:je\b|training)"
            r"|(?:ochtend|middag|lunch|avond|nacht|duur)loop\b|löp(?:ning|pass|tur|band|runda)|løp|løb|juoks|hölkk"
            r"|\bbieg|\bběh|\bbeh\b|bežeck|futás|kocog|\bkoşu|alerg|\bбег|забег|пробежк|трейлран|\bбіг"
            r"|トレッドミル|ランニング|ジョギング"
            r"|(?:トレイル|ロング|ナイト|モーニング|ランチ|イブニング|(?<![ァ-ヴー]))ラン(?![ァ-ヴー])"
            r"|跑|달리기|러닝|조깅|트레드밀|τρέξιμο|ריצה|(?:\b|ال)جري|วิ่ง|chạy"
            r"|\blari\b|\btek\b|trčanj|jooks|bėgim|džioging|skriešan|\btapis\b|cinta de correr|caminadora|trotadora"
            r"|esteira|passadeira|bieżni|tredemølle|laufband|loopband",
            re.IGNORECASE,
        ),
        "running",
    ),
    (
        re.compile(
            r"rad(?:fahr|tour|$)|\brad\b|fahrrad|v[ée]lo\b|\bvtt\b|cycl|cicli|cyklist|\bbici|\bmtb\b"
            r"|bik(?:e|en|es|er|ing)\b|wielren|pedal|fiets|\brid(?:e|es|ing)\b|\britje?\b"
            r"|(?:ochtend|middag|lunch|avond|nacht)rit\b|\bspin"
            r"|rower|kolar(?:stw|sk)|cykel|cykling|sykkel|sykl|pyörä|\bkolo\b|jízda|kerékpár|sürüş|bisiklet|sepeda"
            r"|đạp xe|вело|ποδηλ|רכיבה|دراج|จักรยาน|骑行|骑车|自行车|サイクリング|自転車|バイク|ライド|자전거|라이딩"
            r"|사이클",
            re.IGNORECASE,
        ),
        "cycling",
    ),
    (
        re.compile(
            r"walk(?! ?breaks?)|spazier|\bgehen|marche|marcha n[oó]rdica|\bpaseo|\bcaminar\b|caminata|caminhada"
            r"|camminata"
            r"|passeggiata|wandel|\bspacer|chodzeni|chůze|gyalogl|gassi|promenad|gåtur|kävely|yürüyüş|berjalan"
            r"|jalan kaki|đi bộ"
            r"|прогулк|ходьба|περπάτ|הליכה|مشي|เดิน|步行|散步|走路|健走|竞走|ウォーキング|散歩|徒歩|걷기",
            re.IGNORECASE,
        ),
        "walking",
    ),
    (
        re.compile(
            r"\bhik|wander|randonn|senderis|excurs|escurs|trilha|wędrów|\bpiesz|turistik|túráz|поход|пеш(?:ий|ком)"
            r"|πεζοπορ"
            r"|徒步|登山|ハイキング|등산|하이킹",
            re.IGNORECASE,
        ),
        "hiking",
    ),
    (
        re.compile(
            r"swim|schwimm|natation|nataci|natação|nuoto|zwem|simning|svøm|pływ|plavan|úszás|yüzme|berenang|плаван"
            r"|游泳|水泳|수영",
            re.IGNORECASE,
        ),
        "swimming",
    ),
)
# What names a sport where it stands alone as the word for one, and may be anything within a title.
_ALONE = {
    **dict.fromkeys(("course", "trail", "carrera", "trote", "cinta", "race", "lopen", "rennen"), "running"),
    **dict.fromkeys(("track & field", "obstacle course racing"), "running"),
    **dict.fromkeys(("gång", "marsz", "marcha", "mers", "andar"), "walking"),
    **dict.fromkeys(("sci", "boat", "e-scooter", "scooter", "multisport", "velomobile", "geocaching"), None),
}


def sport_in_any_language(name: str | None) -> tuple[str | None, str | None]:
    """Return the sport and, for a run, what kind of run; null for a word that is not known here, which may be a run.

    `name` is the word for a sport, as an export's column or a device has it.
    """
    name = _composed(name)
    sport, sub_sport = sport_of(name)
    is_known = sport in {"running", "cycling", "walking", "hiking", "swimming"} or _are_several(sport)
    if is_known or name.strip() in _STRAVA:
        return sport, sub_sport
    if _OTHERS.search(name):
        return name.strip().lower(), None
    alone = name.strip().lower()
    if alone in _ALONE:
        known = _ALONE[alone] or alone
    else:
        # A race on wheels, like a "carrera de bicicletas", has the word of a run too.
        named = [sport for words, sport in _SPORTS if words.search(name)]
        known = next((sport for sport in named if sport in _BESIDE_A_RUN), named[0] if named else None)
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
    words = " ".join(_WORD_BREAK.sub(" ", _composed(title)).split())
    others = {found.lower() for found in _OTHERS_WITHIN.findall(words)}
    rest = _OTHERS_WITHIN.sub(" ", words)
    return {sport for pattern, sport in _SPORTS if pattern.search(rest)} | others


def _composed(text: str | None) -> str:
    """Return a text with each letter and its accent as one sign, as macOS does not write names of files."""
    return unicodedata.normalize("NFKC", text or "")
