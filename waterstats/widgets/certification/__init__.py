"""Widgets of the certification pages."""
