"""The model against the dossier's prototype, where the shared folder is at hand."""

import importlib.util
import os
import sys
import types
from pathlib import Path

import numpy as np
import pytest
from patterns.drawn import invented

from runmood.patterns.diary import diary_of
from runmood.patterns.missed import _differences
from runmood.patterns.model import GRID

SHARED = Path(os.environ.get("RUNMOOD_SHARED", Path(__file__).parents[3] / "shared"))
PROTOTYPE = SHARED / "sim" / "core.py"


@pytest.mark.skipif(not PROTOTYPE.exists(), reason=f"{PROTOTYPE} is not here; RUNMOOD_SHARED names the shared folder")
def test_nights_equal_the_prototypes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both differences, their errors and sigma are the prototype's on every night."""
    plain = types.ModuleType("numba")
    plain.njit = lambda **_: lambda function: function
    monkeypatch.setitem(sys.modules, "numba", plain)
    spec = importlib.util.spec_from_file_location("prototype", PROTOTYPE)
    prototype = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(prototype)
    nights = 90
    diary = diary_of(invented(nights, seed=1, dip=0.5))
    codes = np.select([diary.kinds["run_days"], diary.kinds["missed_days"]], [1, 2], 0)
    phis, kappas = np.unique(GRID[:, 0]), np.unique(GRID[:, 1])[::-1]
    expected = prototype.kf_prefix(diary.mood, codes, np.zeros(nights), nights, 30, False, phis, kappas)[30:]
    run, rest = _differences(diary, np.arange(1, nights + 1) >= 30)
    ours = np.column_stack([run.estimate, run.error, run.sigma, rest.estimate, rest.error])[29:]
    np.testing.assert_allclose(ours, expected[:, [0, 1, 3, 4, 5]], rtol=1e-5, atol=1e-6)
