"""Readers of what vendors' exports have beside watch files: lists of activities, and sessions in layouts of their own.

A vendor is one module, which registers its readers (see `runmood.readers.registry`) and says how sure its layout is.
Every module of this folder is imported here, so that a new file is all that a new vendor needs.
"""

from __future__ import annotations

import importlib
import pkgutil

for _module in pkgutil.iter_modules(__path__, f"{__name__}."):
    importlib.import_module(_module.name)
