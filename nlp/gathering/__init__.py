"""gathering: at the edge, what the store holds that may speak for or against a story's sentences."""

from nlp.gathering.gather import gather
from nlp.gathering.outlets import Catalogue, make_catalogue

__all__ = ["Catalogue", "gather", "make_catalogue"]
