"""The words of dates and clocks as phones and programs write them, in the languages of the people who run."""

# ruff: noqa: RUF001 - words in the letters of their languages

from __future__ import annotations

import re
import unicodedata
from functools import cache

# English, German, French, Spanish, Portuguese, Italian, Dutch; Swedish, Danish and Norwegian, Polish, Czech, Finnish,
# Hungarian, Romanian, Turkish; Russian, Ukrainian: in full, as they stand within a date, and as they are shortened.
_MONTHS = """
january jan januar janner jaenner jän janvier janv enero ene janeiro gennaio gen januari
stycznia styczeń sty ledna leden led tammikuuta tammikuu január ianuarie ian ocak oca
января январь янв січня січ

february feb februar fevrier fevr febrero fevereiro fev febbraio februari
lutego luty lut února únor úno helmikuuta helmikuu február febr februarie şubat şub
февраля февраль февр фев лютого лют

march mar märz marz maerz mrz mars marzo março marco maart mrt
marca marzec marts března březen bře maaliskuuta maaliskuu március márc martie mart
марта март мар березня бер

april apr avril avr abril abr aprile
kwietnia kwiecień kwi dubna duben dub huhtikuuta huhtikuu április ápr aprilie nisan nis
апреля апрель апр квітня квіт

may mai mayo maio maggio mag mei
maja maj května květen kvě toukokuuta toukokuu május máj mayıs
мая май травня трав

june jun juni juin junio junho giugno giu
czerwca czerwiec cze června červen čvn kesäkuuta kesäkuu június jún iunie iun haziran haz
июня июнь июн червня черв

july jul juli juillet juil julio julho luglio lug
lipca lipiec lip července červenec čvc heinäkuuta heinäkuu július júl iulie iul temmuz tem
июля июль июл липня лип

august aug aout agosto ago augustus
augusti sierpnia sierpień sie srpna srpen srp elokuuta elokuu augusztus ağustos ağu
августа август авг серпня серп

september sep sept septembre septiembre setembro set settembre sett
września wrzesień wrz září zář syyskuuta syyskuu szeptember szept septembrie eylül eyl
сентября сентябрь сент сен вересня вер

october oct oktober okt octobre octubre outubro out ottobre ott
października październik paź října říjen říj lokakuuta lokakuu október octombrie ekim eki
октября октябрь окт жовтня жовт

november nov novembre noviembre novembro
listopada listopad listopadu lis marraskuuta marraskuu noiembrie noi kasım kas
ноября ноябрь нояб ноя листопада лист

december dec dezember dez decembre diciembre dic dezembro dicembre
desember des grudnia grudzień gru prosince prosinec pro joulukuuta joulukuu decembrie aralık ara
декабря декабрь дек грудня груд
"""
_WEEKDAYS = """
mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday
mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche
mie jue vie sab dom lunes martes miercoles jueves viernes sabado domingo
seg ter qua qui sex segunda terca quarta quinta sexta feira
gio lunedi martedi mercoledi giovedi venerdi domenica
ma wo vr za zo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
mån tis ons tors fre lör sön måndag tisdag onsdag torsdag fredag lördag söndag
man tirs lør søn mandag tirsdag lørdag søndag
ti ke to pe su
pon wt śr czw pt sob nd niedz poniedziałek wtorek środa czwartek piątek sobota niedziela
po út st čt pá ne pondělí úterý středa čtvrtek pátek neděle
пн вт ср чт пт сб вс понедельник вторник среда четверг пятница суббота воскресенье
"""
_BETWEEN = """
at um a à le les las la los el den der de del di of om alle ore uhr t the op em às as h kl klo r godz o г в
"""
_ASIAN_DATE = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_ASIAN_WEEKDAY = re.compile(
    r"[月火水木金土日]曜日?|(?:星期|周|週)[一二三四五六日天]|[월화수목금토일]요일"
    r"|[(（][月火水木金土日一二三四五六월화수목금토일][)）]"
)
_CLOCK = r"(\d{1,2})\s*(?:[::]|[時时點点]|시\s?)\s*(\d{2})(?:分|분)?(?:\s?:(\d{2}))?"
_ASIAN_HALVES = (
    (re.compile(rf"(?:午前|上午|오전|早上|凌晨|清晨)\s*{_CLOCK}"), "am"),
    (re.compile(rf"(?:午後|下午|오후|晚上|中午|傍晚)\s*{_CLOCK}"), "pm"),
)
# In Danish, Finnish and, at times, Italian a clock has dots; only behind a year is it no date.
_DOTTED_CLOCK = re.compile(r"(\d{4},?\s+(?:klo?\.?\s+|ore\s+|alle\s+)?)(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d.])")


def in_common_form(text: str) -> str:
    """Return a date with its clock as western programs write it: 2026年11月10日 下午5:00 is 2026-11-10 5:00 pm."""
    text = _ASIAN_DATE.sub(r"\1-\2-\3 ", text)
    text = _ASIAN_WEEKDAY.sub(" ", text)
    for pattern, half in _ASIAN_HALVES:
        while found := pattern.search(text):
            text = f"{text[: found.start()]}{_joined(found.groups())} {half}{text[found.end() :]}"
    return _DOTTED_CLOCK.sub(lambda found: found[1] + _joined(found.groups()[1:]), text)


def month_of(word: str) -> int | None:
    """Return the month that a word names; null where it names none."""
    return _month_words().get(without_accents(word))


def is_month_or_weekday(word: str) -> bool:
    """Return whether a word names a weekday too, like "mar", which is March and Tuesday."""
    word = without_accents(word)
    return word in _month_words() and word in _plain_words(_WEEKDAYS)


def is_date_word(word: str) -> bool:
    """Return whether a word may stand in a date: a month, a weekday or a small word between."""
    word = without_accents(word)
    return word in _month_words() or word in _plain_words(_WEEKDAYS) or word in _plain_words(_BETWEEN)


def without_accents(text: str) -> str:
    """Return a text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _joined(parts: tuple[str | None, ...]) -> str:
    return ":".join(part for part in parts if part)


@cache
def _month_words() -> dict[str, int]:
    return {
        without_accents(word): number
        for number, words in enumerate(_MONTHS.split("\n\n"), start=1)
        for word in words.split()
    }


@cache
def _plain_words(words: str) -> frozenset[str]:
    return frozenset(map(without_accents, words.split()))
