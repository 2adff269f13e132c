"""Widgets of the what-if pages: scenarios, their form, verdicts, rule sets."""
