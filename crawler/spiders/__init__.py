"""spiders: what Scrapy runs; thin, since everything that decides is in crawler.collector."""
