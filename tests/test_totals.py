"""A printed number is an interval: rounding, "more than", "about"."""

import pytest

from waterstats.totals import Check, Figure, interval


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (Figure(362, "=", False), (362, 362)),
        (Figure(17, "=", True), (16.5, 17.5)),
        (Figure(16.9, "=", True), (16.85, 16.95)),
        (Figure(83, ">", True), (83, float("inf"))),
        (Figure(70, ">=", False), (70, float("inf"))),
        (Figure(60, "<", True), (0, 60)),
        (Figure(60, "~", True), (58, 62)),
    ],
)
def test_interval_of_a_printed_number(figure, expected):
    assert interval(figure) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("computed", "printed", "expected"),
    [((99, 101), (100, 100), True), ((97, 99.5), (100, 100), False), ((3, 3), (3, 9), True)],
)
def test_a_total_reconciles_when_the_intervals_meet(computed, printed, expected):
    assert Check("x", "x", "x", computed, printed).reconciles is expected
