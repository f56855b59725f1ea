"""crawler.feeds.syndication: what lists pages -> entries: feeds, sitemaps, section pages, searches."""
