"""Composition: settings, addresses and what `make run` serves. Imported by nobody."""
