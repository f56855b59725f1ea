"""crawler.addresses: which page an address means, and whose it is."""
