"""crawler.pages: one page -> its article, or why there is none; measured on three sets of real pages."""
