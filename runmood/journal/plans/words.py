"""The words by which plans name runs, rests and other things, in seven languages; those for a run in five more.

Written without accents and capitals (`plain`); a hyphen stands for a blank too, a star for any ending. The lists are
ours, from training plans and calendars in these languages. A word that means something else in everyday life too
(`PERHAPS_RUNS`) is a run only among words of running.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


RUNS = """
jog jogs jogging parkrun shakeout halfmarathon 🏃
lauftraining laufeinheit lauftreff dauerlauf* waldlauf* tempolauf* steigerungslauf* erholungslauf* regenerationslauf*
berglauf* halbmarathon* intervallauf* langer-lauf langen-lauf lockerer-lauf ruhiger-lauf joggen
footing course-a-pied sortie-longue
trote tirada-larga carrera-continua carrera-a-pie
longao
corsetta fondo-lento fondo-medio fondo-lungo
hardlopen hardloop* duurloop* tempoloop* looptraining
herstelloop* avondloop* ochtendloop* bosloop* heuvelloop* wisselloop* trimloop*
fartlek vma intervalado intervaltraining intervalltraining
easy-run long-run recovery-run tempo-run steady-run progression-run interval-run hill-run trail-run treadmill-run
threshold-run base-run aerobic-run
"""
PERHAPS_RUNS = """
run runs running runner marathon ultramarathon treadmill
lauf laufe laufen laufgruppe nuchternlauf fahrtspiel
courir fractionne* semi-marathon
correr rodaje maraton
corrida corridas trotar rodagem maratona
corsa correre ripetute
rennen loopgroep
lopning loppass langpass løb løbetur løpetur løping bieg bieganie wybieganie juoksu juoksulenkki *跑步* *慢跑* *长跑*
intervals tempo strides speedwork intervalle
"""
STYLES = frozenset({"intervals", "tempo", "strides", "speedwork", "intervalle"})
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
aerobic anaerobic sprints speed race hm mp interval track base endurance pace mlr yasso
locker* lang langer langsam ruhig* wettkampf berg bergauf schwelle* regeneration grundlage* ga1 ga2 tdl ldl dl
course sortie seuil recup* cotes allure endurance-fondamentale ef
series suave carrera cuestas rodar tirada largo ritmo umbral
leve tiros subida* longo regenerativo
lento lungo salite medio soglia recupero
rustig lopen loop wedstrijd drempel heuvels herstel
"""
TRAINING = """
training train workout session exercise plan week lsd einheit entrainement seance entreno
entrenamiento treino allenamento
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
running-late running-order running-costs run-by on-the-run tempo-libero tempo-livre in-the-long-run first-run
grocery-run groceries-run airport-run coffee-run food-run pizza-run beer-run wine-run bread-run milk-run store-run
shop-run shopping-run supply-run errand-run bank-run station-run nursery-run daycare-run kindergarten-run preschool-run
dump-run tip-run pharmacy-run petrol-run cash-run pilot-run production-run payroll-run batch-run script-run ad-run
taxi-run supermarket-run ikea-run costco-run target-run burger-run donut-run bull-run fun-run-committee pay-run
run-the run-a run-an run-my run-our run-your run-his run-her run-their run-some run-down run-over run-up run-into
run-out run-away run-errand run-payroll run-report run-reports run-script run-scripts run-test run-tests run-backup
run-backups run-demo run-laundry run-dishwasher run-workshop run-meeting run-for run-sheet run-book run-rate run-time
run-to run-update run-updates run-migration run-migrations run-numbers run-ads run-water run-bath
running-the running-a running-out running-down running-up running-for running-meeting running-repairs
laufen-lassen lauf-der lauf-des ski-laufen schlittschuh-laufen rollschuh-laufen eis-laufen laufende
courir-apres courir-chercher courir-au courir-a-la courir-acheter
correr-la correr-las correr-con-los correr-el correr-a correr-al rodaje-del rodaje-de corrida-de-toros
maraton-de-series maraton-de-cine maraton-de-peliculas maratona-de-series maratona-de-filmes
correr-atras correr-para corrida-de-taxi corrida-eleitoral corrida-para rodagem-de
di-corsa corsa-contro corsa-al corsa-a corsa-agli corsa-elettorale correre-a correre-al correre-dal
rennen-voor rennen-naar heen-en-weer-rennen paarden-rennen
marathon-meeting movie-marathon film-marathon series-marathon tempo-di tempo-para
"""
NONE_OF = (
    "no kein keine keinen geen sin sem senza niente sans zonder ingen bez"  # before a runner's word: a day without
)
CALLED_OFF = """
canceled cancelled called-off skip skipped don't-run dont-run do-not-run not-running no-running
abgesagt storniert gestrichen entfallt fallt-aus ausgefallen ausgelassen nicht-laufen kein-laufen
annule annulee supprime supprimee ne-pas-courir pas-de-course pas-de-footing
cancelado cancelada anulado anulada suspendido suspendida no-correr sin-correr saltado
suspenso suspensa nao-correr pulado
annullato annullata cancellato cancellata saltato saltata non-correre niente-corsa
geannuleerd afgelast afgezegd vervalt vervallen gaat-niet-door niet-lopen niet-hardlopen niet-rennen overslaan
overgeslagen
"""
MOVED = """
moved postponed rescheduled
verschoben verlegt vertagt
reporte reportee deplace deplacee decale decalee
aplazado aplazada pospuesto pospuesta movido movida reprogramado reprogramada trasladado
adiado adiada remarcado remarcada transferido
rinviato rinviata spostato spostata posticipato posticipata
verplaatst verzet uitgesteld
"""
MOVED_HERE = "from von vom du de del desde da do dal dalla van"
PERHAPS = """
optional maybe perhaps possibly tentative tbc tbd if-time if-possible
eventuell evtl vielleicht ggf falls
optionnel optionnelle facultatif facultative peut-etre si-possible
opcional quizas quiza tal-vez si-puedo talvez se-der
facoltativo facoltativa forse eventualmente
optioneel misschien eventueel
"""
BESIDE_RUNS = """
morning evening lunchtime afternoon night early late am pm noon weekend today daily
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
short medium mid slow fast quick light moderate hard fun group social club team solo together first last
indoor outdoor outside trail road park forest woods beach river lake canal loop out back flat rolling
warm cool down up min mins minutes hour hours km kms mile miles mi k day number nr no effort feel comfortable
and or plus with of at in the a on per by then x
goal half full semi halve media mezza meia
ultra relay cross country xc hm mp tt nonstop continuous walk breaks drills form
morgen abend mittag fruh nachmittag nacht heute wochenende montag dienstag mittwoch donnerstag freitag samstag sonntag
kurzer kurz schneller schnell gemutlich gemutlicher lockerer lockere langsamer wald feld halbe stunde stunden minuten
im in am an um der die das den dem mit und oder bei zum zur von nach bis je ohne pause gruppe
matin soir midi apres-midi nuit lundi mardi mercredi jeudi vendredi samedi dimanche lente lent courte court tranquille
de la le les du en au aux et avec sur ou foret parc minutes
manana tarde noche mediodia lunes martes miercoles jueves viernes sabado domingo corto corta lenta largas facil
el los las con y por al parque montana pista minutos hora
manha noite segunda terca quarta quinta sexta curta longa longo facil ritmo leve da do na no com e parque praia
mattina sera pranzo lunedi martedi mercoledi giovedi venerdi sabato domenica lunga corta facile lenta tranquilla
di il nel con al del parco bosco minuti ora
ochtend avond middag vandaag maandag dinsdag woensdag donderdag vrijdag zaterdag zondag kort korte lange snel snelle
rustige het op van bos minuten uur rondje
"""
ABOUT_RUNNING = """
shoes shoe shop buy registration register sign-up expo pickup pick-up packet meeting call dinner lunch party webinar
podcast agm physio doctor volunteer* spectat* anmeldung schuhe inscription chaussures zapatillas inscripcion scarpe
iscrizione
"""


ALIKE = {0x2013: "-", 0x2014: "-", 0xD7: "x", 0x2019: "'", 0x2032: "'"}  # long hyphens, the times sign, apostrophes
LONGEST = 300  # characters of a title that anybody reads


def plain(text: str, longest: int = LONGEST) -> str:
    """Text without capitals and accents, as the lists have it."""
    apart = unicodedata.normalize("NFKD", text[:longest].casefold()).translate(ALIKE)
    return "".join(character for character in apart if not unicodedata.combining(character))


def pattern(listed: str, before: str = r"(?<!\w)", after: str = r"(?!\w)") -> re.Pattern[str]:
    """Make a pattern that finds any of the words, whole."""
    ways = "|".join(_one(word) for word in sorted(listed.split(), key=len, reverse=True))
    return re.compile(f"{before}(?:{ways}){after}")


def _one(word: str) -> str:
    return re.escape(word).replace(r"\-", "[ -]").replace(r"\*", r"\w*")


A_KM, A_MILE, A_METRE = 1000.0, 1609.344, 1.0
AN_HOUR, A_MINUTE = 3600.0, 60.0
FARTHEST_M, LONGEST_S = 400_000.0, 48 * AN_HOUR
LEAST_METRES = 1000.0  # written in metres, anything less is a piece of a session
SAME = 0.03  # "10 km (6.2 mi)" says one distance twice

_NUMBER = r"\d{1,6}(?:[.,]\d{1,3})?"
_LEAST = rf"(?<![\w.,:/@])(?P<least>{_NUMBER})(?:\s?(?:-|to|bis|a)\s?{_NUMBER})?"
_END = r"(?![\w/])(?!\s?(?:/|per\b|h\b))"
_KMS = "km|kms|k|kilomet(?:er|re)s?|kilometern|kilometros?|quilometros?|chilometr[io]"
_MILES = "mi|milers?|miles?|meilen?|millas?|milhas?|migli[ao]|mijl(?:en)?"
_METRES = "m|met(?:er|re)s?|metern|metros|metri"
_HOURS = "h|hrs?|hours?|std|stunden?|heures?|horas?|or[ae]|uur"
_MINUTES = "min|mins|minutes?|minuten?|minutos?|minut[io]|minuut|'"

_PLANNED = "planned|target|total|geplante?|soll|prevue?|planificada?|prevista?|planejada|gepland(?:e)?"
DISTANCE_NAMES = "distance|distanz|strecke|distancia|distanza|afstand|lange"
DURATION_NAMES = "duration|time|dauer|zeit|duree|duracion|duracao|durata|duur|tijd|tiempo|tempo"

DISTANCE = re.compile(
    rf"{_LEAST}[\s-]?(?:(?P<km>{_KMS})|(?P<mile>{_MILES})|(?P<metre>{_METRES})){_END}"
    r"(?![\s-](?:race[\s-])?(?:pace|effort))"
)
REPETITIONS = re.compile(r"\b\d{1,3}\s?(?:x|\*|times)\s?\(?\s?\d")
CLOCK = re.compile(r"(?<![\w.,:/@])(\d{1,2}):([0-5]\d):([0-5]\d)(?![\w:/])")
HOURS = re.compile(rf"(?<![\w.,:/@])({_NUMBER})\s?(?:{_HOURS})(?:\s?([0-5]?\d)\s?(?:m|{_MINUTES})?)?{_END}")
MINUTES = re.compile(rf"{_LEAST}[\s-]?(?:{_MINUTES}){_END}")


def has_repetitions(text: str) -> bool:
    """Return whether a text tells of pieces that are repeated."""
    return bool(REPETITIONS.search(text))


def distance_of(text: str) -> float | None:
    """Return how many metres a plain text says, if it says it once."""
    if has_repetitions(text):
        return None
    said = [_metres(found) for found in DISTANCE.finditer(text)]
    return _the_only([metres for metres in said if metres], FARTHEST_M)


def duration_of(text: str) -> float | None:
    """Return how many seconds a plain text says, if it says it once."""
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


def labelled(text: str, names: str) -> str:
    """Return what stands in a plain text after a name and a colon; of what is planned before what is only named.

    Args:
        text: of several lines.
        names: of the amount, separated by `|`.

    Returns:
        The rest of that line, empty where no line is of that kind.
    """
    named = re.compile(rf"({_PLANNED})?\s*(?:{names})\s*[:=]\s*(.+)")
    found = [line for each in text.splitlines() if (line := named.match(each.lstrip(" \t*•-")))]
    done = [line[2] for line in found if line[1]] or [line[2] for line in found]
    return done[0] if done else ""
