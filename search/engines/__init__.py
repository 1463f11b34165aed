"""Engines that store and rank what analysis gives, behind one interface."""
