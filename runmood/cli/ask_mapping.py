"""How a file is to be read, asked question by question on a terminal: columns, scales, words, dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, overload

from runmood.core.enums import CheckInKind
from runmood.journal.imports.mapping import LATER, LEAVE_OUT, UNSAID
from runmood.journal.imports.moments import DAY_FIRST, MONTH_FIRST, moment_of
from runmood.journal.imports.sheets import NUMBER, number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from runmood.cli.prompts import PromptIO
    from runmood.core.i18n import Translator
    from runmood.journal.imports.mapping import Draft

    Answer = TypeVar("Answer")


LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_COLUMNS, SHOWN = len(LETTERS), 3
TEN, LEAVE = 10, "-"


def ask_mapping(say: Translator, asker: PromptIO, draft: Draft) -> None:
    """Ask for everything that a draft leaves open, and fill it in.

    Where the column of the mood is among it, its scale and words are left for the draft that follows, which knows what
    stands in that column.
    """
    mood_unsaid = draft.columns.get("mood") == (UNSAID,)
    if draft.asks_columns:
        _ask_columns(say, asker, draft)
    if draft.date_order == UNSAID:
        draft.date_order = _order(say, asker, draft)
    if mood_unsaid:
        draft.scales.pop("mood", None)
        draft.labels = {word: worth for word, worth in draft.labels.items() if worth != UNSAID}
    for item, ends in draft.scales.items():
        if UNSAID in ends.values():
            draft.scales[item] = _scale(say, asker, item, draft)
    _ask_words(say, asker, draft)


def _ask_words(say: Translator, asker: PromptIO, draft: Draft) -> None:
    """Ask what each word is worth; Enter alone ends it, and the rows of the words that are left stay out for now."""
    unsaid = [word for word, worth in draft.labels.items() if worth == UNSAID]
    for asked, word in enumerate(unsaid):
        worth = _until(asker, say("cli.mapping.worth", word=word), lambda typed: _worth(say, typed), may_end=True)
        if worth is None:
            draft.labels |= dict.fromkeys(unsaid[asked:], LATER)
            asker.tell(say("cli.mapping.words_later", count=len(unsaid) - asked))
            return
        draft.labels[word] = worth


def _ask_columns(say: Translator, asker: PromptIO, draft: Draft) -> None:
    unsaid = [place for place, named in draft.columns.items() if named == (UNSAID,)]
    if not unsaid:
        return
    asker.tell(say("cli.mapping.columns"))
    for letter, column in zip(LETTERS, draft.header, strict=False):
        asker.tell(f"  {letter}  {column}   {', '.join(draft.examples.get(column, ())[:SHOWN])}")
    for place in unsaid:
        draft.columns[place] = (_column(say, asker, draft, place),)
    if not _tells_time(draft) and "time" not in draft.columns and not draft.kind:
        clock = asker.line(say("cli.mapping.time")).strip()
        if clock:
            draft.columns["time"] = (_column(say, asker, draft, "time", clock),)
        else:
            draft.kind = _until(asker, say("cli.mapping.kind"), lambda typed: _kind(say, typed))
    name = asker.line(say("cli.mapping.name", name=draft.source)).strip()
    draft.source = name or draft.source


def _column(say: Translator, asker: PromptIO, draft: Draft, place: str, typed: str = "") -> str:
    return _until(asker, say(f"cli.mapping.{place}"), lambda said: _named(say, draft, said), typed)


def _named(say: Translator, draft: Draft, typed: str) -> str:
    """Return the column that a letter or a name means."""
    by_name = {column.casefold(): column for column in draft.header}
    by_letter = dict(zip(LETTERS, draft.header, strict=False))
    column = by_name.get(typed.casefold()) or by_letter.get(typed.casefold())
    if not column:
        raise ValueError(say("cli.mapping.no_column", typed=typed))
    return column


def _tells_time(draft: Draft) -> bool:
    """Return whether the dates hold a time of day, as far as they can be read yet."""
    for cell in _dates(draft):
        try:
            return moment_of(cell, DAY_FIRST).with_clock
        except (ValueError, OverflowError):
            continue
    return False


def _dates(draft: Draft) -> Sequence[str]:
    written = {column.casefold(): column for column in draft.header}
    columns = draft.columns.get("date", ())
    return draft.examples.get(written.get(columns[0].casefold(), ""), ()) if columns else ()


def _order(say: Translator, asker: PromptIO, draft: Draft) -> str:
    """Ask what a date means that can be read in two ways; the answer holds for all."""
    example = next((cell for cell in _all_cells(draft) if _both_ways(cell)), "")
    first, second = _both_ways(example) or ("", "")
    question = say("cli.mapping.order", date=example, first=first, second=second)
    return _until(asker, question, lambda typed: _one_of(say, typed, {"a": DAY_FIRST, "b": MONTH_FIRST}))


def _all_cells(draft: Draft) -> list[str]:
    return [*_dates(draft), *(cell for cells in draft.examples.values() for cell in cells)]


def _both_ways(cell: str) -> tuple[str, str] | None:
    """Return the two days that a date may mean."""
    try:
        days = [moment_of(cell, order).at.date() for order in (DAY_FIRST, MONTH_FIRST)]
    except (ValueError, OverflowError):
        return None
    return (days[0].isoformat(), days[1].isoformat()) if days[0] != days[1] else None


def _scale(say: Translator, asker: PromptIO, item: str, draft: Draft) -> dict[str, object]:
    ends = dict(draft.scales[item])
    asker.tell(say("cli.mapping.scale", item=say(f"field.{item}"), seen=draft.seen_of(item, say)))
    for end in ("low", "high"):
        if ends[end] == UNSAID:
            ends[end] = _until(asker, say(f"cli.mapping.{end}"), lambda typed: _number(say, typed))
    low, high = ends["low"], ends["high"]
    if isinstance(low, float | int) and isinstance(high, float | int) and low >= high:
        asker.tell(say("cli.mapping.no_scale"))
        return _scale(say, asker, item, draft)
    question = say("cli.mapping.best", low=f"{low:g}", high=f"{high:g}")
    if ends["best"] == UNSAID:
        ends["best"] = _until(asker, question, lambda typed: _end(say, typed, f"{low:g}", f"{high:g}"))
    return ends


def _end(say: Translator, typed: str, low: str, high: str) -> str:
    return _one_of(say, typed, {low: "low", high: "high"})


def _worth(say: Translator, typed: str) -> object:
    if typed == LEAVE:
        return LEAVE_OUT
    number = _number(say, typed)
    if not 0 <= number <= TEN:
        raise ValueError(say("cli.mapping.no_worth", typed=typed))
    return number


def _number(say: Translator, typed: str) -> float:
    if not NUMBER.fullmatch(typed):
        raise ValueError(say("cli.mapping.no_number", typed=typed))
    return number_of(typed)


def _kind(say: Translator, typed: str) -> str:
    letters = say("cli.mapping.kind_letters").split()
    return _one_of(say, typed, dict(zip(letters, (CheckInKind.MORNING, CheckInKind.EVENING), strict=True)))


def _one_of(say: Translator, typed: str, choices: dict[str, str]) -> str:
    if typed.casefold() not in choices:
        raise ValueError(say("cli.mapping.one_of", typed=typed, choices=", ".join(choices)))
    return str(choices[typed.casefold()])


@overload
def _until(asker: PromptIO, question: str, read: Callable[[str], Answer], typed: str = "") -> Answer: ...


@overload
def _until(
    asker: PromptIO, question: str, read: Callable[[str], Answer], typed: str = "", *, may_end: bool
) -> Answer | None: ...


def _until(
    asker: PromptIO, question: str, read: Callable[[str], Answer], typed: str = "", *, may_end: bool = False
) -> Answer | None:
    """Ask until the answer can be read; what was typed already is tried first.

    Returns:
        The answer; null for Enter alone, where that may end the questions.
    """
    while True:
        said = typed or asker.line(question).strip()
        typed = ""
        if not said and may_end:
            return None
        if said:
            try:
                return read(said)
            except ValueError as fault:
                asker.tell(f"{fault}")
