"""Fits the weights of verdict proposals anew: `python scripts/fit_verdicts.py ../shared/data`.

Prints the cross-validated scores and writes nlp/models/verdicts.json, fitted to all pairs; half B is
reported by nlp.measure_verdicts.measure with weights of half A alone. The card is kept: bring its words and
scores up to date by hand.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from nlp.measure import half_of
from nlp.measure_verdicts import cross_validate, fit_all, load_pairs, make_examples, save_weights

MODEL = Path(__file__).resolve().parent.parent / "nlp" / "models" / "verdicts.json"


def main() -> None:
    """Fit, say how good, write."""
    folder = Path(sys.argv[1])
    pairs = load_pairs(folder)
    for part in ("A", "AB"):
        examples = make_examples([pair for pair in pairs if half_of(pair.id) in part])
        print(part, json.dumps(cross_validate(examples), indent=1))
    card = json.loads(MODEL.read_text(encoding="utf-8"))["card"]
    save_weights(fit_all(folder), card, MODEL)


if __name__ == "__main__":
    main()
