"""Certificates over time and in groups: samples, costs, calendars. Pure functions."""
