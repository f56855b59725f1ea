"""filters: every stage as JSON Lines in and out; no database needed. The formats: docs/formats.md."""
