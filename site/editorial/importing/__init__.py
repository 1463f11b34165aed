"""Importing a text in the browser: upload, preview, draft."""
