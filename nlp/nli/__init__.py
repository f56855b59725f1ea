"""nlp.nli: a local model of entailment behind one protocol; off unless the office names its folder."""

from nlp.nli.entailment import Entailment, EntailmentError, Shares

__all__ = ["Entailment", "EntailmentError", "Shares"]
