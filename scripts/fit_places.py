"""Fits the model of event places anew: `python scripts/fit_places.py ../shared/data`.

Prints the cross-validated scores and writes nlp/models/places.json. Half B of the labelled articles stays
unseen, to be reported by `diembao measure`. The card is kept: bring its words and scores up to date by hand.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from config.load import load
from nlp.knowledge import make_knowledge
from nlp.linear import write_model
from nlp.places.fitting import cross_validate, examples_of, fit, load_material

HERE = Path(__file__).resolve().parent
MODEL = HERE.parent / "nlp" / "models" / "places.json"


def main() -> None:
    """Fit, say how good, write."""
    configuration = load(None)
    knowledge = make_knowledge(configuration.gazetteer, configuration.topics)
    material = load_material(Path(sys.argv[1]), HERE.parent / "nlp/training/labels_places.jsonl")
    examples = examples_of(material, knowledge)
    print(
        json.dumps(cross_validate(material, examples)), len(examples), "places of", len(material), "articles"
    )
    model = fit(examples)
    card = json.loads(MODEL.read_text(encoding="utf-8"))["card"]
    parts = {"card": card, "least": model.least, "bias": model.linear.bias, "weights": model.linear.weights}
    MODEL.write_text(write_model(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
