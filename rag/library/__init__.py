"""The reports kept: SQLite as the truth, two indexes beside it, taking in and finding. The doors are `ingest` and
`search`."""
