"""Articles to readings, and articles to stories, on one core."""

from __future__ import annotations

from datetime import timedelta

from bench.apart import Row, timed
from bench.material import find_articles
from config.load import load
from nlp.read import make_knowledge, read
from nlp.stories import Grouper, GroupItem


def measure_reading() -> tuple[Row, ...]:
    """Articles a second through the whole of `read` and of `group`; no peer does the same."""
    configuration = load(None)
    knowledge = make_knowledge(configuration.gazetteer, configuration.topics)
    articles = find_articles()
    read(articles[0], knowledge)

    def reading() -> int:
        return len([read(article, knowledge) for article in articles])

    def grouping() -> int:
        grouper = Grouper(window=timedelta(days=14))
        ordered = sorted(articles, key=lambda a: a.when)
        for n, a in enumerate(ordered):
            grouper.add(GroupItem(id=str(n), title=a.title, text=a.text, published=a.when))
        return len(ordered)

    count, seconds = timed(reading)
    grouped, group_seconds = timed(grouping)
    return (
        Row("read (articles)", count / seconds, count),
        Row("group (articles)", grouped / group_seconds, grouped),
    )
