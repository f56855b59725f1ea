"""bench: speed measured side by side with a peer, in one run; ratios count, single times do not."""
