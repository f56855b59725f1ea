"""sites: one file for each outlet that has neither feed nor sitemap; the file is named as the outlet's id."""
