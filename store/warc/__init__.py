"""warc: what was received, as WARC 1.1 records in daily files, with a chain of hashes beside each."""
