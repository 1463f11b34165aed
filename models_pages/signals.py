"""Receivers: what a changed vocabulary or a removed locale means for pages."""
