"""Actions on keys of the API."""
