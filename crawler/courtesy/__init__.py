"""crawler.courtesy: how often and in what order outlets are asked: robots.txt, pauses, budgets, cadence."""
