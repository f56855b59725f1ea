"""browser: an optional way to ask for pages that scripts build; off by default, guarded twice."""
