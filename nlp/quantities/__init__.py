"""quantities: figures in Vietnamese and English text, what they count, and whether two of them disagree."""

from nlp.quantities.comparison import are_comparable, do_disagree, is_nought, measure_of, things_of
from nlp.quantities.finding import find_quantities

__all__ = ["are_comparable", "do_disagree", "find_quantities", "is_nought", "measure_of", "things_of"]
