"""Published rule sets: the records, and the strict loader of data/standards."""
