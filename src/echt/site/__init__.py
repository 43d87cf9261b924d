"""Settings, URLs, the `echt` command, first start, demo data."""
