"""crawler.documents: files that people add as evidence, read into passages with their place."""
