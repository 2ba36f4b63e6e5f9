"""A runner's home: what stands where, what its settings say, and the lock for those who write.

    open_home(root), chosen_home(root)   the home at a folder, made where there is none
    look_at_home(root)                   the same without making anything
    Home(root, settings)                 .inbox and .journal are the truth, all else is made from them
      .writing(wait=True)                one writer at a time; HomeIsBusyError where it may not wait
      .writer()                          who is writing
    Settings                             what a person may set; SettingsError names the line and what was meant
    settings_as_text(settings, file), example()   what holds and where it came from; a file to begin with

A check-in passes through here, so nothing of it loads frames, a database or Prefect.
"""

from pipelines.home.home import TRUTHS, Home, chosen_home, look_at_home, open_home
from pipelines.home.lock import HomeIsBusyError
from pipelines.home.settings import Settings, SettingsError, example, settings_as_text

__all__ = [
    "TRUTHS",
    "Home",
    "HomeIsBusyError",
    "Settings",
    "SettingsError",
    "chosen_home",
    "example",
    "look_at_home",
    "open_home",
    "settings_as_text",
]
