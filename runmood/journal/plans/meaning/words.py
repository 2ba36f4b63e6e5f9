"""The words by which plans name runs, rests and other things, in seven languages.

Written without accents and capitals (`plain`); a hyphen stands for a blank too, a star for any ending. The lists are
ours, from training plans in these languages. A word that means something else in everyday life is an effort, which
alone is not enough.
"""

from __future__ import annotations

import re
import unicodedata

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
    """Finds any of the words, whole."""
    ways = "|".join(_one(word) for word in sorted(listed.split(), key=len, reverse=True))
    return re.compile(f"{before}(?:{ways}){after}")


def _one(word: str) -> str:
    return re.escape(word).replace(r"\-", "[ -]").replace(r"\*", r"\w*")
