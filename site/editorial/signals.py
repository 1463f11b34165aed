"""Messages on submission and decision."""
