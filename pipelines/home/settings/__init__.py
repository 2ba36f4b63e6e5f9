"""`settings.toml`: what may stand in it (`known`), how each value is read (`readers`), and what is told of it.

    read_settings(path)        Settings, or SettingsError with the file, the line and the nearest right name
    computers_zone()           the time zone where none is set
    country_of(time_zone)      the country where none is set
    settings_as_text(settings, path)   what holds, and where each value came from
    example()                  a file to begin with

A new setting is a line in `Settings` and one in `ABOUT`, both in `known`.
"""

from pipelines.home.settings.known import Settings, SettingsError
from pipelines.home.settings.places import country_of
from pipelines.home.settings.reading import computers_zone, read_settings
from pipelines.home.settings.telling import example, settings_as_text

__all__ = ["Settings", "SettingsError", "computers_zone", "country_of", "example", "read_settings", "settings_as_text"]
