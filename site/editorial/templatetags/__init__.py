"""Tags of editors' and authors' screens."""
