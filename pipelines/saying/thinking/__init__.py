"""Goals, and questions to think about: in the person's own words, without a score."""

from pipelines.saying.thinking.goals import goals
from pipelines.saying.thinking.reflecting import ready, reflect

__all__ = ["goals", "ready", "reflect"]
