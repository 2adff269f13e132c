"""Steps of a certificate as an iCalendar file that any calendar opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Entry:
    """One all-day entry; `end` is its last day. The uid stays when a calendar is made again."""

    uid: str
    start: date
    end: date
    summary: str
    description: str


def to_ics(uid: str, name: str, entries: Iterable[Entry], made: date, language: str) -> bytes:
    """All-day entries as an .ics file (RFC 5545), the same bytes for the same arguments.

    uid: of the calendar as a whole. made: the day it is made, for DTSTAMP.
    """
    stamp = datetime.combine(made, time(), UTC)
    calendar = Calendar.new(
        prodid=f"-//waterstats//certificates//{language.upper()}",
        uid=uid,
        name=name,
        language=language,
    )
    for entry in entries:
        event = Event.new(
            uid=entry.uid,
            stamp=stamp,
            start=entry.start,
            end=entry.end + timedelta(days=1),
            summary=entry.summary,
            description=entry.description,
        )
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()
