"""gathering: at the edge, what the store holds that may speak for or against a story's sentences."""

from nlp.gathering.gather import gather

__all__ = ["gather"]
