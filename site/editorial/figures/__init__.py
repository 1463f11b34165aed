"""Figures for editors and administrators: what the portal holds, and how review goes on."""
