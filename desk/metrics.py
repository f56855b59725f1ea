"""What the store holds as Prometheus metrics. Read at each scrape: nothing is counted twice, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from store.jobs import JobRun
from store.tallies import Tallies
from store.types import Event, FeedState

MEDIA_TYPE = CONTENT_TYPE_LATEST
_NEVER = 0.0


def make_metrics(
    tallies: Tallies,
    runs: Iterable[JobRun],
    feeds: Iterable[FeedState],
    standing: Mapping[str, Event],
    *,
    now: datetime,
    successes: Mapping[str, datetime] = MappingProxyType({}),
) -> bytes:
    """What stands where -> the text format that Prometheus reads.

    Args:
        tallies: of the store.
        runs: the newest firing of every job.
        feeds: the state of every feed.
        standing: by source, its condition.
        now: UTC.
        successes: by job, when it last ended well.

    """
    registry = CollectorRegistry()
    _add_store(registry, tallies, now)
    _add_jobs(registry, runs, successes)
    _add_sources(registry, feeds, standing)
    return generate_latest(registry)


def _add_store(registry: CollectorRegistry, tallies: Tallies, now: datetime) -> None:
    for name, words, count in (
        ("articles", "Articles in the store", tallies.articles),
        ("stories", "Stories in the store", tallies.stories),
        ("flags", "Flags that stand", tallies.flags),
    ):
        Gauge(f"diembao_{name}", words, registry=registry).set(count)
    waiting = Gauge("diembao_queue", "What waits before a stage", ["stage"], registry=registry)
    age = Gauge("diembao_queue_oldest_seconds", "Age of the oldest that waits", ["stage"], registry=registry)
    for queue in tallies.queues:
        waiting.labels(queue.stage).set(queue.waiting)
        age.labels(queue.stage).set(_age(queue.oldest, now))
    notices = Gauge("diembao_notices", "Notices in the outbox", ["channel", "state"], registry=registry)
    for channel, state, count in tallies.notices:
        notices.labels(channel, state).set(count)
    oldest = Gauge("diembao_notice_oldest_seconds", "Age of the oldest notice not sent", registry=registry)
    oldest.set(_age(tallies.oldest_notice, now))


def _add_jobs(registry: CollectorRegistry, runs: Iterable[JobRun], successes: Mapping[str, datetime]) -> None:
    def gauge(name: str, words: str) -> Gauge:
        return Gauge(f"diembao_job_{name}", words, ["job"], registry=registry)

    finished = gauge("finished_timestamp_seconds", "When a job last ended")
    failed = gauge("failed", "Whether its last run failed (1)")
    seconds = gauge("seconds", "How long its last run took")
    succeeded = gauge("succeeded_timestamp_seconds", "When a job last ended well")
    for job, at in sorted(successes.items()):
        succeeded.labels(job).set(at.timestamp())
    for run in runs:
        ended = run.finished_at
        finished.labels(run.job).set(ended.timestamp() if ended else _NEVER)
        failed.labels(run.job).set(run.failed)
        seconds.labels(run.job).set((ended - run.started_at).total_seconds() if ended else _NEVER)


def _add_sources(
    registry: CollectorRegistry, feeds: Iterable[FeedState], standing: Mapping[str, Event]
) -> None:
    def gauge(name: str, words: str, *labels: str) -> Gauge:
        return Gauge(f"diembao_{name}", words, ["source", *labels], registry=registry)

    failures = gauge("feed_failures", "Looks in a row that failed, of the source's worst feed")
    newest = gauge("source_new_article_timestamp_seconds", "When it last gave a new article")
    worst: dict[str, int] = {}
    latest: dict[str, float] = {}
    for feed in feeds:
        worst[feed.source] = max(worst.get(feed.source, 0), feed.failures)
        at = feed.new_article_at.timestamp() if feed.new_article_at else _NEVER
        latest[feed.source] = max(latest.get(feed.source, _NEVER), at)
    for source, count in sorted(worst.items()):
        failures.labels(source).set(count)
        newest.labels(source).set(latest[source])
    condition = gauge("source_condition", "The condition a source is in (1)", "condition")
    for source, event in sorted(standing.items()):
        condition.labels(source, event.after).set(1)


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
