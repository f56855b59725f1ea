"""nlp.summaries: two sentences that stand for an article or a story, word for word, never generated."""
