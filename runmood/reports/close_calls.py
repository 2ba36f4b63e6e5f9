"""What agrees and what does not between two recordings that may be one run, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from runmood.core.i18n import Translator


def agreement(say: Translator, pair: Mapping[str, Any]) -> str:
    """Return how well two recordings agree, as a sentence's part.

    Args:
        say: The person's language.
        pair: A row of `run_pairs`; what is null in it is left out.

    Returns:
        Its parts, joined by commas.
    """
    return ", ".join(_parts(say, pair))


def _parts(say: Translator, pair: Mapping[str, Any]) -> Iterator[str]:
    yield say("doubtful.agreement.time", share=say.share(pair["time_shared"]))
    if pair["clock_shift_s"]:
        yield say("doubtful.agreement.clock", seconds=say.whole(abs(pair["clock_shift_s"])))
    if pair["apart_m"] is not None:
        yield say("doubtful.agreement.place", metres=say.whole(pair["apart_m"]))
    if pair["pace_off"] is not None:
        yield say("doubtful.agreement.pace", share=say.share(pair["pace_off"]))
    if pair["heart_off_bpm"] is not None:
        yield say("doubtful.agreement.heart", beats=say.whole(pair["heart_off_bpm"]))
