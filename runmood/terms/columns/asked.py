"""What was asked of the notes, and answered."""

from __future__ import annotations

from runmood.terms import choices as of
from runmood.terms.frames import Table, day, flag, real, text, whole

FINDINGS = Table("findings", "one question on one night, with the answer of that night", ("question", "night"), (
    text("question", "Which question; docs/findings.md lists them.", always=True),
    day("night", "The night it was asked, with nothing later known.", always=True),
    text("state", "The answer.", *of.STATES, always=True),
    text("strength", "How sure, where it was seen.", *of.STRENGTHS),
    day("since", "The night it was first seen; kept from then on."),
    flag("growing", "Whether tonight's evidence still supports it; false: seen before, no longer growing."),
    real("e_value", "Tonight's evidence: how many times better the effect explains the notes than chance does.", 0),
    real("e_value_best", "The strongest evidence of any night so far.", 0),
    real("effect", "How large, drawn towards zero as far as the evidence is thin; unit as the question says."),
    real("effect_least", "Lower end of the range that holds over all nights at once."),
    real("effect_most", "Upper end of that range."),
    text("facts", "The counts and figures behind the sentence, as JSON; docs/findings.md names them.", always=True),
))  # fmt: skip

_ASKED_OTHERWISE = "a question's latest answer, with something left out or held equal otherwise"
SENSITIVITY = Table("sensitivity", _ASKED_OTHERWISE, ("question", "variant"), (
    text("question", "Which question.", always=True),
    text("variant", "What was done otherwise: without the morning's mood, without nights of poor sleep …", always=True),
    day("night", "The night.", always=True),
    whole("days", "Days that counted.", 0),
    real("e_value", "The evidence, had this been asked.", 0),
    real("effect", "How large, as in findings."),
    real("effect_least", "Lower end of its range."),
    real("effect_most", "Upper end of its range."),
))  # fmt: skip
