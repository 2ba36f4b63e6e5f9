"""A home's settings, its lock, and its book of imports."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tomllib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from runmood.core.i18n import translator
from runmood.home.home import Home, HomeIsBusyError, open_home
from runmood.home.import_log import IMPORT_LOG, imports, note_import
from runmood.home.settings import SPECS, Settings, SettingsError, example, line_of, settings_as_text

if TYPE_CHECKING:
    from pathlib import Path

Command = Callable[..., Any]
HOLD_THE_LOCK = """
import sys, time
from pathlib import Path
from runmood.home.home import open_home
with open_home(Path(sys.argv[1])).writing():
    print("held", flush=True)
    time.sleep(60)
"""


def settings_of(root: Path, lines: str) -> Settings:
    """The settings of a home whose file has these lines."""
    root.mkdir(exist_ok=True)
    (root / "settings.toml").write_text(lines, encoding="utf-8")
    return open_home(root).settings


def test_every_setting_is_told_of() -> None:
    """Each setting has a reader, a meaning and an example, and nothing else has."""
    assert tuple(SPECS) == tuple(Settings.__dataclass_fields__)


def test_every_setting_may_be_left_out(tmp_path: Path) -> None:
    """An empty file is as good as any: a home has its defaults, and this computer's time zone."""
    left_out = settings_of(tmp_path / "home", "")
    assert left_out == Settings(time_zone=left_out.time_zone)
    assert left_out.nightly_at == dt.time(3, 30)


def test_every_setting_may_be_set(tmp_path: Path) -> None:
    """What stands in the file holds, each value in its own type."""
    told = settings_of(
        tmp_path / "home",
        """
        time_zone = "Europe/Lisbon"
        name = "Ana"
        units = "imperial"
        language = "en"
        country = "br"
        heart_max_bpm = 186
        heart_zones_bpm = [112, 130, 149, 168]
        privacy_zone_m = 0
        nightly_at = "22:05"
        prefect_server = "http://127.0.0.1:4200/api"
        distress_phrases = ["no way out", "no way out"]
        tracked_tags = ["mindful", "social"]
        [custom_questions.coffee]
        question = "How many cups?"
        kind = "scale"
        """,
    )
    assert told.country == "BR"
    assert told.heart_zones_bpm == (112, 130, 149, 168)
    assert (told.privacy_zone_m, told.nightly_at) == (0, dt.time(22, 5))
    assert told.distress_phrases == ("no way out",)
    assert [(item.name, item.question, item.kind) for item in told.custom_questions] == [
        ("coffee", "How many cups?", "scale")
    ]


def test_former_names_of_settings_are_read(cli: Command, tmp_path: Path) -> None:
    """A file that an older runmood was given means the same, and nothing is said about it."""
    written = 'tags = ["social"]\n[items.coffee]\nquestion = "Cups?"\nkind = "scale"\n'
    used = settings_of(tmp_path / "home", written)
    assert used.tracked_tags == ("social",)
    assert [item.name for item in used.custom_questions] == ["coffee"]
    assert "tracked_tags      social   settings.toml, line 1" in cli("settings").written


WRONG = [
    ('timezone = "Europe/Lisbon"', 1, "timezone is no setting. Did you mean time_zone?"),
    ("\n# a word\nheart_max = 180", 3, "heart_max is no setting. Did you mean heart_max_bpm?"),
    ("xyzzy = 1", 1, "xyzzy is no setting. It may hold: time_zone, name"),
    ('time_zone = "Europe/Athnes"', 1, "time_zone is 'Europe/Athnes', which no list knows"),
    ('time_zone = "../../etc/passwd"', 1, "which no list knows"),
    ("units = 3", 1, "units is to be text in quotation marks"),
    ('units = "furlongs"', 1, "units is 'furlongs', not one of metric, imperial"),
    ('name = ""', 1, "name is empty; leave the line out instead"),
    ('name = "Ana"\ncountry = "Portugal"', 2, "country is 'Portugal', not two letters such as PT"),
    ("heart_max_bpm = 1860", 1, "heart_max_bpm is 1860, not from 100 to 240"),
    ("heart_max_bpm = true", 1, "heart_max_bpm is to be a whole number from 100 to 240"),
    ("heart_zones_bpm = [\n 112,\n 130, 120, 168]", 1, "of which each is to be above the one before"),
    ('name = """\nunits = 3\n"""\nheart_zones_bpm = [1, 2]', 4, "a list of four heart rates"),
    ('nightly_at = "3.30"', 1, "nightly_at is '3.30', not a time like 03:30"),
    ('tags = ["a", "b", "c", "d", "e", "f"]', 1, "names 6 tags; at most 5 can be asked about"),
    ('distress_phrases = "help"', 1, "is to be a list of texts"),
    ("items = 3", 1, "items holds a table for each question"),
    ("custom_questions = 3", 1, "custom_questions holds a table for each question"),
    ('tags = ["a"]\ntracked_tags = ["b"]', 1, "tags is called tracked_tags now, and both are there"),
    ('[custom_questions.tea]\nkind = "scale"', 1, "[custom_questions.tea] needs a question"),
    ('[items.a]\nquestion = "?"\nkind = "scale"\n\n[items.tea]\nkind = "scale"', 5, "[items.tea] needs a question"),
    ("name = ", None, "cannot be read"),
]


@pytest.mark.parametrize(("lines", "number", "sentence"), WRONG)
def test_a_wrong_setting_is_named_with_its_line(tmp_path: Path, lines: str, number: int | None, sentence: str) -> None:
    """The file, the line and what is wrong are said, with the nearest right name; nothing runs with a guess."""
    with pytest.raises(SettingsError) as fault:
        settings_of(tmp_path / "home", lines)
    assert sentence in str(fault.value)
    assert f"settings.toml, line {number}:" in str(fault.value) or number is None
    assert "settings.toml" in str(fault.value)


@pytest.mark.parametrize("language", ["de", "nl"])
@pytest.mark.parametrize("lines", [lines for lines, _, _ in WRONG])
def test_a_wrong_setting_is_told_in_the_language_that_can_be_read(
    cli: Command, tmp_path: Path, language: str, lines: str
) -> None:
    """Where the language stands before the slip, the slip is told in it, to who only writes something down as well."""
    file = tmp_path / "home" / "settings.toml"
    file.parent.mkdir(mode=0o700)
    file.write_text(f'language = "{language}"\n{lines}', encoding="utf-8")
    with pytest.raises(SettingsError) as fault:
        open_home(file.parent)
    told = fault.value.spoken(translator(language, "metric"))
    assert told != str(fault.value)
    assert told in cli("runs").complained
    assert told in cli("log").complained


@pytest.mark.parametrize(
    ("lines", "slip"),
    [
        ('name = "Ana"\nname = "Eva"', "twice"),
        ("name Ana", "no_equals"),
        ('name = "Ana', "not_closed"),
        ("name = [", "other"),
        ('name = "Ana" "Eva"', "too_much"),
        ("name = Ana", "other"),
        ("[" * 100_000, "other"),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_what_is_wrong(tmp_path: Path, lines: str, slip: str) -> None:
    """The first slip is told by its kind."""
    with pytest.raises(SettingsError) as fault:
        settings_of(tmp_path / "home", lines)
    assert translator("en", "metric")(f"error.toml.{slip}") in str(fault.value)


def test_a_line_is_where_a_name_begins() -> None:
    """Neither comments, nor a name within a text, nor a value of several lines lead astray."""
    text = '# b = 1\na = """\nb = 2\n"""\n\n"b" = [\n1,\n2]\n[c]\nb = 3\n[c.d]\n'
    assert [line_of(text, "a"), line_of(text, "b"), line_of(text, "c"), line_of(text, "c", "d")] == [2, 6, 9, 11]


def test_what_holds_and_where_it_came_from(cli: Command, tmp_path: Path) -> None:
    """`runmood settings` tells each value with its line of the file, or whence else it came, and makes nothing."""
    assert cli("settings").written.splitlines()[0].endswith("this computer")
    assert not (tmp_path / "home").exists()
    settings_of(tmp_path / "home", 'units = "imperial"\ntime_zone = "Europe/Lisbon"\n')
    told = {line.split()[0]: line.split(maxsplit=1)[1] for line in cli("settings").written.splitlines()}
    assert told["units"].split(maxsplit=1) == ["imperial", "settings.toml, line 1"]
    assert told["country"].split(maxsplit=1) == ["PT", "your time zone"]
    assert told["nightly_at"].split(maxsplit=1) == ["03:30", "default"]


def test_the_example_can_be_used_as_it_is(cli: Command, tmp_path: Path) -> None:
    """`runmood settings --example` prints every setting; with the # taken away all of it holds."""
    printed = cli("settings", "--example").written
    assert printed == example(translator("en", "metric"))
    assert tomllib.loads(printed) == {}
    uncommented = "\n".join(line.removeprefix("# ") for line in printed.splitlines() if "=" in line or "[" in line)
    used = settings_of(tmp_path / "other", uncommented)
    assert all(getattr(used, name) for name in SPECS)
    assert "coffee" in settings_as_text(used, tmp_path / "other" / "settings.toml", translator("en", "metric"))


def test_one_writer_at_a_time(empty_home: Home) -> None:
    """A second writer waits, or where it may not, hears who is at it; the lock goes with its process."""
    holder = subprocess.Popen([sys.executable, "-c", HOLD_THE_LOCK, str(empty_home.root)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(HomeIsBusyError, match=f"process {holder.pid}"), empty_home.writing(wait=False):
        pass
    writer = empty_home.writer()
    assert writer is not None
    assert writer.spoken(translator("de", "metric")).startswith(f"Prozess {holder.pid}, runmood ")
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with empty_home.writing(wait=False):
        assert empty_home.writer() is not None
    assert empty_home.writer() is None


def test_the_book_of_imports(tmp_path: Path) -> None:
    """Each import has the files it was the last to bring; a line that a power cut tore costs that line alone."""
    note_import(tmp_path, "20250101-000000", "watch", ["inbox/a.fit", "inbox/b.fit"])
    with (tmp_path / IMPORT_LOG).open("a", encoding="utf-8") as book:
        book.write('{"batch": "20250102-0000')
    note_import(tmp_path, "20250103-000000", "phone", ["inbox/b.fit"])
    told = [(each.batch, each.source, sorted(each.files)) for each in imports(tmp_path)]
    assert told == [("20250101-000000", "watch", ["inbox/a.fit"]), ("20250103-000000", "phone", ["inbox/b.fit"])]
    assert (tmp_path / IMPORT_LOG).stat().st_mode & 0o077 == 0


def test_a_folder_that_becomes_a_home_is_its_owners_alone(tmp_path: Path) -> None:
    """A folder that others might look into, as a clone's `data`, is closed to them when a home is begun in it."""
    (tmp_path / "data").mkdir(mode=0o755)
    assert open_home(tmp_path / "data").root.stat().st_mode & 0o777 == 0o700
