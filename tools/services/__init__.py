"""Real services for the tests, on Debian, without Docker. Nothing but the standard library."""
