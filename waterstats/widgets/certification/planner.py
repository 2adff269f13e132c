"""The groups page, lower half: a group against single certificates, with the visitor's figures."""

import datetime

import numpy as np
import pandas as pd
import streamlit as st

from waterstats.certificates.planner import NAMES, Comparison, Costs, compare, parts, visits
from waterstats.certificates.ranges import Range, RangeError, read_count, read_range
from waterstats.certificates.sampling import audited_sites
from waterstats.charts.sampling import GROUP, SINGLE, costs
from waterstats.language import date, number
from waterstats.widgets import blocks, state
from waterstats.widgets.blocks import Exhibit, Headline
from waterstats.widgets.certification.certificaterules import cited, rules, today
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t

COLUMNS, POINTS = 3, 60
PARTS = {"travel": "travel_part", "fee": "fee_part", "management": "management_part"}


def show() -> None:
    """The form and, as far as it is filled in, visits, costs and break-even."""
    st.header(t("planner.title"), anchor=False)
    st.markdown(t("planner.lead"))
    sites, given = _form()
    help_words = t("planner.sampling_help")
    options = {"sample": t("planner.sample"), "all": t("planner.all")}
    sampled = state.choice("surveillance", options, t("planner.sampling"), "sample") == "sample"
    st.caption(help_words)
    if sites == 1:
        st.info(t("planner.one_site"), icon=":material/looks_one:")
        return
    if sites:
        blocks.headlines(*_visits(sites, sampled), key="visits")
    missing = [t(f"planner.{name}") for name in NAMES if given.get(name) is None]
    if sites is None:
        missing.insert(0, t("planner.sites"))
    if missing:
        names = t("planner.separator").join(missing)
        st.info(t("planner.missing", names=names), icon=":material/edit_note:")
        return
    _result(sites, Costs(**given), sampled)


def _form() -> tuple[int | None, dict[str, Range | None]]:
    """One text field for each figure, each in the address; what cannot be read is said below."""
    found, faults = {}, []
    columns = []
    for name in ("sites", *NAMES):
        columns = columns or st.columns(COLUMNS, vertical_alignment="bottom")
        label = t(f"planner.{name}")
        hint = t("planner.count_hint" if name == "sites" else "planner.range_hint")
        with columns.pop(0):
            text = state.words(name, label, hint)
        try:
            found[name] = read_count(text) if name == "sites" else read_range(text)
        except RangeError as error:
            found[name] = None
            faults.append(t(f"planner.fault_{error.fault}", name=label, text=error.text.strip()))
    for fault in faults:
        st.error(fault, icon=":material/error:")
    return found.pop("sites"), found


@prepared
def _visits(sites: int, sampled: bool) -> tuple[list[Headline], list]:
    """Site visits of three years, which follow from the rules alone."""
    lang, surveillances = language(), rules().surveillances
    found, first = visits(sites, surveillances, sampled), audited_sites(sites)
    later = first if sampled else sites
    note = t("planner.visits_note", sites=number(sites, lang), audits=1 + surveillances)
    group = t("planner.visits_group_note", first=number(first, lang), later=number(later, lang))
    as_of = t("planner.three_years")
    numbers = [
        Headline(t("planner.visits_single"), number(found.single, lang), as_of, note),
        Headline(t("planner.visits_group"), number(found.group, lang), as_of, group),
    ]
    return numbers, cited("sampling", "surveillance")


def money(low: float, high: float) -> str:
    """An amount or a range of amounts, whole when large."""
    shown = [
        number(round(value, 0 if abs(value) >= 100 else 2), language()) for value in (low, high)
    ]
    return shown[0] if shown[0] == shown[1] else " – ".join(shown)


def _result(sites: int, given: Costs, sampled: bool) -> None:
    found = compare(sites, given, rules().surveillances, sampled)
    least, most = found.saving
    if least > 0:
        st.success(t("planner.saves", range=money(least, most)), icon=":material/savings:")
    elif most <= 0:
        words = t("planner.costs_more", range=money(abs(most), abs(least)))
        st.warning(words, icon=":material/money_off:")
    else:
        words = t("planner.depends", best=money(most, most), worst=money(-least, -least))
        st.info(words, icon=":material/balance:")
    blocks.headlines(_headlines(found), cited("sampling", "surveillance", "validity"), key="plan")
    left, right = st.columns([3, 2])
    with left:
        blocks.show(_curves(sites, given, sampled, today()))
    with right:
        st.subheader(t("planner.table_title"), anchor=False)
        st.table(_parts(found))


def _headlines(found: Comparison) -> list[Headline]:
    total = t("planner.three_years")
    single, group = found.single["total"], found.group["total"]
    internal = money(max(0.0, found.internal_least), found.internal_most)
    if found.internal_most <= 0:
        internal = t("planner.even_internal_never")
    return [
        Headline(t("planner.cost_single"), money(single.low, single.high), total),
        Headline(t("planner.cost_group"), money(group.low, group.high), total),
        Headline(t("planner.even_sites"), _even(found.best, found.worst), t("planner.even_note")),
        Headline(t("planner.even_internal"), internal, t("planner.even_internal_note")),
    ]


def _even(best: int | None, worst: int | None) -> str:
    """From how many sites a group saves, in words."""
    if best is None:
        return t("planner.even_never")
    if (best, worst) == (2, 2):
        return t("planner.even_always")
    if best == worst:
        return t("planner.even_from", n=number(best, language()))
    never = t("planner.even_never")
    return f"{number(best, language())} – {number(worst, language()) if worst else never}"


def _parts(found: Comparison) -> pd.DataFrame:
    """What is paid for, single against group."""
    rows = {
        t(f"planner.{PARTS.get(name, name)}"): {
            t("planner.cost_single"): money(found.single[name].low, found.single[name].high),
            t("planner.cost_group"): money(found.group[name].low, found.group[name].high),
        }
        for name in found.single
    }
    return pd.DataFrame(rows).T.rename_axis(t("planner.part"))


@prepared
def _curves(sites: int, given: Costs, sampled: bool, day: datetime.date) -> Exhibit:
    """Cost by number of sites, up to twice as many as planned."""
    names = {"single": t("planner.cost_single"), "group": t("planner.cost_group")}
    rows = []
    for n in np.unique(np.linspace(2, max(20, 2 * sites), POINTS).astype(int)):
        row = {"sites": int(n)}
        for code in names:
            total = parts(int(n), given, rules().surveillances, sampled, code == "group")["total"]
            row |= {f"{code}_low": total.low, f"{code}_high": total.high}
        rows.append(row)
    rows = pd.DataFrame(rows)
    table = {t("groups.sites"): rows["sites"]}
    for code, name in names.items():
        ends = zip(rows[f"{code}_low"], rows[f"{code}_high"], strict=True)
        table[name] = [money(low, high) for low, high in ends]
    return Exhibit(
        "group_costs",
        t("planner.chart_title"),
        costs(rows, sites, names),
        pd.DataFrame(table),
        cited("sampling", "surveillance"),
        alt=t("planner.chart_alt", n=number(sites, language())),
        unit=t("planner.chart_unit"),
        as_of=date(day, language()),
        note=t("planner.chart_note"),
        legend={names["single"]: SINGLE, names["group"]: GROUP},
    )
