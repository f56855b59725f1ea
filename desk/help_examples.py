"""Examples under the help of each command, by what is typed after `diembao`."""

from __future__ import annotations

from types import MappingProxyType

EXAMPLES = MappingProxyType(
    {
        "demo": ("diembao demo --no-serve",),
        "serve": ("DIEMBAO_CONTACT=press@example.org diembao serve",),
        "cycle": ("diembao cycle", "diembao cycle --only collect"),
        "digest": ("diembao digest", "diembao digest --every week --to lanh-dao -o week.html"),
        "digests": ("diembao digests --since 30d",),
        "pack": ("diembao pack -o pack.docx",),
        "flags": ("diembao flags", "diembao flags 'topic:T12 after:2026-11-01' --json"),
        "explain": ("diembao explain 1",),
        "sources": ("diembao sources --state late", "diembao sources baogialai"),
        "events": ("diembao events --since 24h --kind figure_changed",),
        "doctor": ("diembao doctor",),
        "status": ("diembao status --watch",),
        "alerts": ("diembao alerts list", "diembao alerts try flagged"),
        "alerts list": ("diembao alerts list --json",),
        "alerts try": ("diembao alerts try flagged --days 30",),
        "send-test": ("diembao send-test mail --to to-bao-chi",),
        "verify": (
            "diembao verify",
            "diembao verify 2026-11-22",
            "diembao verify https://bao.example/tin-1",
        ),
        "backup": ("diembao backup /mnt/backup",),
        "backups": ("diembao backups /mnt/backup",),
        "restore": ("diembao restore newest /mnt/backup",),
        "try": (
            "diembao try https://bao.example/rss",
            "diembao try page.html --url https://bao.example/tin-1",
        ),
        "add": (
            "diembao add https://bao.example/tin-1 --by lan",
            "diembao add --text bai.txt --url https://bao.example/tin-2 --title 'Mưa lớn ở Đức Cơ'",
        ),
        "evidence": ("diembao evidence add bao-cao.pdf", "diembao evidence search 'dân số'"),
        "evidence add": ("diembao evidence add bao-cao.pdf --kind report --published 30/06/2026 --by lan",),
        "evidence list": ("diembao evidence list",),
        "evidence search": (
            "diembao evidence search 'dân số after:2026-01-01'",
            "diembao evidence search --like 'Cả tỉnh còn 20.000 hộ nghèo.'",
        ),
        "evidence show": ("diembao evidence show kho:12", "diembao evidence show kho:12#3"),
        "evidence supersede": ("diembao evidence supersede kho:3 kho:12 --by lan",),
        "evidence restore": ("diembao evidence restore kho:3 --by lan",),
        "evidence claimreview": ("diembao evidence claimreview reviews.json --by lan",),
        "evidence shelve": ("diembao evidence shelve",),
        "backfill": ("diembao backfill 2025.warc.gz --language vi --match 'Gia Lai'",),
        "ingest": ("diembao ingest articles.jsonl && diembao cycle --only read",),
        "export": (
            "diembao export flags --format csv -o flags.csv",
            "diembao export places --format geojson -o places.geojson",
        ),
        "extract": ("diembao extract pages.jsonl > articles.jsonl",),
        "read": ("diembao extract pages.jsonl | diembao read > readings.jsonl",),
        "group": ("diembao group articles.jsonl",),
        "check": (
            """echo '{"id": 1, "claim": "Mưa làm 3 người chết."}' | diembao check""",
            "diembao check claims.jsonl",
        ),
        "train": ("diembao train --dry-run",),
        "measure": ("diembao measure", "diembao measure FOLDER --json"),
    }
)
