"""Widgets of the evidence pages: sources, statements, practices."""
