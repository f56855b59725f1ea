"""crawler.archives: old pages out of WARC files."""
