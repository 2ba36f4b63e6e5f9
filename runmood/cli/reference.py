"""The pages of `docs/` that come from code: columns, notices, findings, commands, settings, formulas.

`make docs` writes them, CI compares them.

python -m runmood.cli.reference docs            writes the pages
python -m runmood.cli.reference docs --check    says which are stale, with exit status 1
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup, TyperOption
from typer.main import get_group

from runmood.cli.localize import placeholder
from runmood.cli.main import app
from runmood.core.catalogue import DEFAULT, catalogue
from runmood.core.errors import UserError
from runmood.core.i18n import message, translator
from runmood.core.notices import KINDS
from runmood.findings import QUESTIONS
from runmood.findings.question import OF_EVERY_QUESTION
from runmood.home.settings import SPECS
from runmood.metrics.heart_rate import decoupling_percent, heart_rate_histogram, max_mean_hr_30s
from runmood.metrics.series import Mean, pace_s_km
from runmood.metrics.slopes import elevation_gain_m, grade_adjusted_distance, running_cost
from runmood.metrics.splits_and_efforts import DISTANCES_M, TIMES_S, farthest, fastest
from runmood.schema import TABLES, VIEWS
from runmood.schema.cohort import COHORT_TABLES, COHORT_VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from typer._click.core import Command, Context, Parameter

    from runmood.findings.question import Specification
    from runmood.schema.types import ColumnSpec, Table


COMMANDS_INTRO = """\
# The command line

Printed from the commands themselves. `runmood --home FOLDER COMMAND` (or `RUNMOOD_HOME`) names your folder; `./data` if
left out. Exit status 0: done; 1: done, with something you should look at; 2: it could not be done.
"""
COLUMNS_INTRO = """\
# Tables and columns

Printed from `runmood/schema/`. The same words stand as comments in DuckDB. Absent is null: never 0. What may be
asked of them, and how: [analysts.md](analysts.md). Which names changed, and when: [schema.md](schema.md).
"""
COHORT_INTRO = """\
# Columns of a cohort

Printed from `runmood/schema/cohort.py`. The same words stand as comments in `cohort.duckdb`. Absent is null: not given,
or not known. What a cohort is, and who gives what: [Many homes](cohorts.md).
"""
SETTINGS_INTRO = """\
# Settings

Printed from `runmood/home/settings.py`. `settings.toml` stands in your home; every line may be left out. `runmood
settings` shows what holds and where it comes from, `runmood settings --example` prints a file to begin with.
"""
VIEWS_INTRO = """\
# Views

Put together when somebody looks; read them as tables.
"""
NOTICES_INTRO = """\
# Notices

What can be said of a file or of a line of the journal. Printed from `runmood/core/notices.py` and
`runmood/locale/en/notices.toml`.
"""
FINDINGS_INTRO = """\
# Findings

The questions asked every night, written down before looking. Printed from `runmood/findings/questions/`. An answer is
*seen*, *not seen so far*, *not enough evidence yet* (with what is lacking) or *cannot be told apart* (and why). Any
answer may have the fact `shown_from`: {shown_from}.

What is seen stays seen, and its word follows tonight's e-value, in every question alike: *good evidence* from 30 on,
*some evidence* from 3 on, *evidence that has faded* below. How often a claim is right: [calibration](calibration.md).

What a person says of an answer (`runmood findings B1 --hide`, `--disagree`, `--note`) stands in the journal and in the
table `finding_feedback`. It changes what is shown, and never what is computed.
""".format(**OF_EVERY_QUESTION)
KINDS_OF_QUESTION = {
    "tested": "Tested: evidence is weighed against chance.",
    "rule": "A rule: a fact about the notes, without a test.",
    "context": "Context: figures to look at beside the others; it claims nothing by itself.",
}
METRICS_INTRO = f"""\
# What is measured, and how

Printed from the docstrings of `runmood/metrics/`. A number that cannot be known is null, never 0. Which steps
were motion, which time was paused, and how heights are evened out is decided in `runmood/tracks/` (`movement.py`,
`elevation.py`); how far all this lies from what devices say themselves, `benchmarks/measuring.py` measures. The columns
stand in `columns.md`.

Best efforts are told for {", ".join(DISTANCES_M)};
and for {", ".join(TIMES_S)}.
"""
FORMULAS: dict[str, Callable[..., object]] = {
    "Pace": pace_s_km,
    "Means over time": Mean.of,
    "The cost of a slope": running_cost,
    "Graded pace": grade_adjusted_distance,
    "Ascent and descent": elevation_gain_m,
    "Fastest stretch of a distance": fastest,
    "Farthest stretch of a time": farthest,
    "Highest heart rate": max_mean_hr_30s,
    "Time at each heart rate": heart_rate_histogram,
    "Decoupling": decoupling_percent,
}


def cli_page() -> str:
    """Return the page on the command line, in the order in which help lists the commands."""
    group = get_group(app)
    return "\n".join([COMMANDS_INTRO, *_commands(group, typer.Context(group, info_name="runmood"))]).rstrip("\n") + "\n"


def _commands(group: TyperGroup, context: Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = typer.Context(command, info_name=name, parent=context)
        for each in command.params:
            if isinstance(each, TyperOption):
                each.metavar = placeholder(translator(DEFAULT, "metric"), each) or each.metavar
        if isinstance(command, TyperGroup):
            yield from _commands(command, inner)
        else:
            yield from _command(command, inner)


def _command(command: Command, context: Context) -> Iterator[str]:
    usage = " ".join(part for part in (context.command_path, *command.collect_usage_pieces(context)) if part)
    yield f"## {context.command_path.removeprefix('runmood ')}\n"
    yield f"```\n{usage}\n```\n"
    yield f"{' '.join((command.help or '').split())}\n"
    rows = [_option_row(each, context) for each in command.params if not getattr(each, "hidden", False)]
    if rows:
        yield "\n".join(["| | |", "|---|---|", *rows]) + "\n"


def _option_row(parameter: Parameter, context: Context) -> str:
    record = parameter.get_help_record(context)
    shown, said = record or (parameter.human_readable_name, getattr(parameter, "help", "") or "")
    return f"| `{_cell(shown)}` | {_cell(said)} |"


def _cell(text: str) -> str:
    """Return the text as a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def columns_page(name: str | None = None) -> str:
    """Return the data dictionary, or one table of it."""
    if name is None:
        return f"{COLUMNS_INTRO}\n{_tables(TABLES)}\n\n{VIEWS_INTRO}\n{_tables(VIEWS)}\n"
    everything = {table.name: table for table in (*TABLES, *VIEWS)}
    if name not in everything:
        raise UserError(message("error.no_table", table=name, tables=", ".join(everything)))
    return _table(everything[name])


def cohort_page() -> str:
    """Return the data dictionary of a cohort's database."""
    return f"{COHORT_INTRO}\n{_tables((*COHORT_TABLES, *COHORT_VIEWS))}\n"


def notices_page() -> str:
    """Return every kind of notice, how grave it is, and its sentence."""
    words = catalogue(DEFAULT)
    rows = ([f"`{kind.code}`", str(kind.severity), words[f"notice.{kind.code}"]] for kind in KINDS)
    return f"{NOTICES_INTRO}\n{_grid(('code', 'severity', 'sentence'), rows)}\n"


def findings_page() -> str:
    """Return every registered question."""
    return f"{FINDINGS_INTRO}\n" + "\n\n".join(_question(question.spec) for question in QUESTIONS) + "\n"


def _tables(tables: Iterable[Table]) -> str:
    return "\n\n".join(map(_table, tables))


def _table(table: Table) -> str:
    head = ("column", "type", "unit", "values", "meaning")
    return f"## {table.name}\n\nOne row is {table.row}.\n\n{_grid(head, map(_column, table.columns))}"


def _column(column: ColumnSpec) -> list[str]:
    return [f"`{column.name}`", _type(column), column.unit, column.range, column.meaning]


def _type(column: ColumnSpec) -> str:
    name = str(column.dtype).split("(", maxsplit=1)[0]
    words = {
        "String": "text",
        "Float64": "number",
        "Int64": "whole number",
        "Boolean": "yes or no",
        "List": "words",
        "Datetime": "moment",
        "Date": "day",
    }
    return words[name]


def _question(question: Specification) -> str:
    facts = _grid(("fact", "meaning"), ([f"`{name}`", meaning] for name, meaning in question.facts.items()))
    return "\n\n".join(
        [
            f"## {question.code}: {question.asks}",
            f"**Kind.** {KINDS_OF_QUESTION[question.kind]}{' Told at once.' if question.safety else ''}",
            f"**Needs.** {question.needs}",
            f"**Rule.** {question.rule}",
            f"**Source.** {question.source}.",
            facts,
        ]
    )


def _grid(head: tuple[str, ...], rows: Iterable[list[str]]) -> str:
    lines = [list(head), ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def write_pages(folder: Path, pages: Mapping[str, str], *, check: bool) -> int:
    """Write the pages, by file name, or say which are stale; the exit status."""
    stale = [name for name, page in pages.items() if not _is(folder / name, page)]
    for name in stale:
        sys.stdout.write(f"{folder / name} {'is stale: run make docs' if check else 'written'}\n")
        if not check:
            (folder / name).write_text(pages[name], encoding="utf-8")
    return int(check and bool(stale))


def _is(path: Path, page: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == page


def settings_page() -> str:
    """Return the page on `settings.toml`, from the settings as they are declared."""
    say = translator("en", "metric")
    rows = [
        [f"`{name}`", f"{say(f'home.settings.meaning.{name}')}.", f"`{spec.example}`"] for name, spec in SPECS.items()
    ]
    return f"{SETTINGS_INTRO}\n{_grid(('setting', 'what it is for', 'example'), rows)}\n"


def main(folder: Path, *, check: bool) -> int:
    """Write or check all pages that come from code; return the exit status."""
    pages = {
        "columns.md": columns_page(),
        "cohort-columns.md": cohort_page(),
        "notices.md": notices_page(),
        "findings.md": findings_page(),
    }
    pages |= {"metrics.md": metrics_page(), "cli.md": cli_page(), "settings.md": settings_page()}
    return write_pages(folder, pages, check=check)


def metrics_page() -> str:
    """Return every formula: what it says, how it is computed, where it is from, and its limits."""
    return f"{METRICS_INTRO}\n" + "\n\n".join(_section(*each) for each in FORMULAS.items()) + "\n"


def _section(title: str, formula: Callable[..., object]) -> str:
    summary, *parts = (inspect.getdoc(formula) or "").split("\n\n")
    what = summary.removeprefix("Return ")
    paragraphs = [what[:1].upper() + what[1:], *(part for part in parts if not part.startswith("Returns:"))]
    return "\n\n".join([f"## {title}", *map(_paragraph, paragraphs), f"`{_place(formula)}`"])


def _paragraph(text: str) -> str:
    """Return a paragraph on one line, its subject in bold."""
    head, colon, rest = " ".join(text.split()).partition(": ")
    return f"**{head}:** {rest}" if head in {"Formula", "Source", "Limits"} else f"{head}{colon}{rest}"


def _place(formula: Callable[..., object]) -> str:
    return f"{formula.__module__}.{formula.__qualname__}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), check="--check" in sys.argv))
