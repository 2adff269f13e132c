"""Widgets of the statistics pages."""
