"""`make bench`: everything in one run, as a table."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from bench.apart import Measured, measure_apart
from bench.checking import measure_checking, measure_judging
from bench.collecting import measure_collecting
from bench.extraction import measure_extraction
from bench.grouping import measure_5_000, measure_20_000, measure_100_000
from bench.library import measure_library
from bench.polling import measure_polling
from bench.reading import measure_reading
from bench.telling import measure_digest, measure_rules

WIDE = 140  # columns, where nobody's window limits them


def main() -> None:
    """Measure one after the other, each in a process of its own."""
    table = Table(title="one run, one machine: read the ratios, not the times")
    for heading in (
        "what",
        "a second",
        "count",
        "ratio to the peer",
        "peak MiB",
        "children MiB",
        "together MiB",
        "own MiB",
    ):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for measurement in (
        measure_extraction,
        measure_reading,
        measure_library,
        measure_judging,
        measure_checking,
        measure_5_000,
        measure_20_000,
        measure_100_000,
        measure_collecting,
        measure_polling,
        measure_digest,
        measure_rules,
    ):
        add_rows(table, measure_apart(measurement))
    console = Console()
    if not console.is_terminal:
        console.width = WIDE
    console.print(table)


def add_rows(table: Table, measured: Measured) -> None:
    """The rows of one measurement; its memory stands in its first."""
    memory = (f"{measured.peak_mib:.0f}", f"{measured.children_mib:.0f}")
    for row in measured.rows:
        ratio = f"{row.ratio:.2f} × {row.peer}" if row.peer else ""
        together = f"{row.together_mib:.0f}" if row.together_mib else ""
        own = f"{row.own_mib:.0f}" if row.own_mib else ""
        table.add_row(row.name, f"{row.per_second:.1f}", str(row.count), ratio, *memory, together, own)
        memory = ("", "")


if __name__ == "__main__":
    main()
