"""Editors' and authors' work in the admin: a package for each job, and what wires them in."""
