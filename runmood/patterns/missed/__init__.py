"""B1 and B2: mood on days when a planned run was missed, beside run days and planned rest days.

    missed_and_mood(days) -> FINDINGS      every night
    sensitivity(days) -> SENSITIVITY       the last night, with something left out
    why(days) -> {code: Why}               the last night: the days, the model's terms, what would change its mind

`days` is dense and in order.
"""

from runmood.patterns.missed.answers import missed_and_mood
from runmood.patterns.missed.otherwise import sensitivity
from runmood.patterns.missed.why import why

__all__ = ["missed_and_mood", "sensitivity", "why"]
