"""Keeping models alive: confirming, archiving, deleting, owners who left, dead links."""
