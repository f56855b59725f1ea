"""What each command says of itself, apart from its module: a list must not wait for all modules to load."""

from __future__ import annotations

from desk.words import t

HELP = {
    "demo": t("Show the whole way on the practice press, without the outside world."),
    "serve": t("Run for good: collect on a schedule, send the digest at its time, serve the desk."),
    "cycle": t("Run one whole cycle over the configured sources."),
    "digest": t(
        "Show the digest of the day, week or month as a recipient would get it now; nothing is sent."
    ),
    "digests": t("The digests of the last days, and whether they arrived."),
    "pack": t("Write a briefing pack (DOCX) of the stories named, or of those that most need an answer."),
    "flags": t("The flagged claims with their evidence."),
    "explain": t(
        "One flag, or a whole story, in full sentences: what is said, what speaks against and for it."
    ),
    "sources": t("How the sources are, the worst first; with an id, one source and its feeds."),
    "events": t("Changed headlines, figures and texts, pages gone and back, sources in another state."),
    "doctor": t("Look at configuration, database, disk, clock and optional parts."),
    "status": t("How the service stands: jobs, queues, outbox, sources. Exit code 5: a job failed."),
    "alerts": t("The alert rules, and what a rule would have told."),
    "send-test": t("Send one marked test message over a channel to the person named."),
    "verify": t(
        "Prove that captures are unchanged: all of them, one day (UTC), or one page. Exit code 5: the "
        "proof is broken; the first broken link is named. Note the head it prints somewhere else, "
        "such as on paper: it vouches for everything before."
    ),
    "backup": t(
        "Copy the database and the archive into a folder on another disk, also while the service "
        "runs, and prove the copy whole. Exit code 4: not made, or not whole."
    ),
    "backups": t("The backups in a folder, the newest first."),
    "restore": t(
        "Bring a backup back, proven whole first. Nothing that is there is overwritten: with --force "
        "it is set aside. Stop `diembao serve` first."
    ),
    "try": t("Fetch one address, or read a saved file, and show what comes out; nothing is kept."),
    "add": t(
        "Add pages by address, a saved page (HTML file), or a pasted text (--text). "
        "Exit code 5: something was not taken; the reason is said."
    ),
    "evidence": t("The evidence library: documents by which claims are checked."),
    "backfill": t(
        "Read WARC files (.warc, .warc.gz) and keep the articles in them, dated as captured. Killed, it goes "
        "on where it stood when run again. Exit code 5: a file is damaged or cannot be read; the rest is "
        "kept."
    ),
    "ingest": t("Save articles that are already text: JSON Lines {id, url, title, text, published, …}."),
    "export": t(
        "Write all articles, stories, claims, flags, places or reviews to standard output or a file."
    ),
    "extract": t("Pages to articles: {id, url, html | html_b64} a line."),
    "read": t("Articles to readings: {id, title, text, …} a line."),
    "group": t("Articles in order of time to stories and copies: {id, title, text, published} a line."),
    "check": t(
        "A claim to a proposal: {id, claim, evidence: [{id, text}]} a line; without evidence the library is"
        " asked."
    ),
    "train": t("Learns from the corrections of the desk; a model that reads worse is not installed."),
    "measure": t("Scores of reading on labelled articles, beside the floors they must not fall below."),
}
