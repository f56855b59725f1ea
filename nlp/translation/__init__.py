"""nlp.translation: help with foreign text: terms explained beside the original, and a local model if any."""
