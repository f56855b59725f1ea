"""crawler.wire: what goes over the network: the guard, whole answers, troubles in words."""
