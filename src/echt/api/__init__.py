"""The API: what an exchange's own engine asks and tells, with keys instead of sessions. `docs/api.md` is its guide."""
