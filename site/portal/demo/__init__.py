"""Demo content of the portal's own, for `make run` on an empty database."""
