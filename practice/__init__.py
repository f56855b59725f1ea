"""practice: a small invented press on loopback, for demo, tests and benchmarks. Knows no other room."""
