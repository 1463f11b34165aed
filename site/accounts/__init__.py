"""The user model, and roles and permissions as one table of data."""
