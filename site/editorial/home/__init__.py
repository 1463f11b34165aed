"""The admin home: what waits for an editor, and an author's own models."""
