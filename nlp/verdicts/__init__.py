"""verdicts: do passages support a claim, contradict it, or not say enough; a proposal, never a verdict."""

from nlp.verdicts.judging import Because, Judgement, Passage, judge

__all__ = ["Because", "Judgement", "Passage", "judge"]
