"""The questions themselves on the terminal: how each stands, and what stands behind an answer.

findings_as_text(say, findings, remarks, as_of, width)   every question in two lines, the latest answer of each
told_as_one(findings, code)                        the codes that stand in one answer with it
why_as_text(say, asked, width)                     one question: its answer, its rule, its evidence

What is written down of a question before looking (its needs, rule, source and facts) is shown as the register has it.
"""

from runmood.summary.asked.listing import findings_as_text, told_as_one
from runmood.summary.asked.why import Asked, why_as_text

__all__ = ["Asked", "findings_as_text", "told_as_one", "why_as_text"]
