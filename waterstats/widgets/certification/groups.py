"""The groups page, upper half: the sampling rule worked on the real groups of a registry."""

import pandas as pd
import streamlit as st

from waterstats.certificates.sampling import audited_sites, shared_certificates
from waterstats.charts.sampling import sampled, shares
from waterstats.language import date, number, percent
from waterstats.sources import Citation, cite
from waterstats.widgets import blocks, data
from waterstats.widgets.blocks import Exhibit, Headline
from waterstats.widgets.certification.certificaterules import cited, text_of
from waterstats.widgets.data import prepared
from waterstats.widgets.state import language, t
from waterstats.widgets.statistics import exhibits

MOST = 30
DIFFERENCES = {"multi": "multi_site", "near": "group_near", "anywhere": "group_anywhere"}


@prepared
def _certificates(source: str, kind: str) -> pd.DataFrame:
    rows = shared_certificates(data.sites(source))
    return rows[rows["certificate_type"] == kind].reset_index(drop=True)


def _sources(source: str) -> list[Citation]:
    sites = data.sites(source)
    return [*cited("sampling"), *cite(sites[sites["certificate_type"] != "single"])]


@prepared
def headlines(source: str) -> tuple[list[Headline], list[Citation]]:
    """Groups, their sites, how many are audited; multi-site certificates beside them."""
    lang, day = language(), exhibits.day_of(source)
    groups, multi = _certificates(source, "group"), _certificates(source, "multi")
    sites, audited = int(groups["sites"].sum()), int(groups["audited"].sum())
    share = percent(audited / sites if sites else None, lang)
    others = t("groups.multi_sites", n=number(int(multi["sites"].sum()), lang))
    numbers = [
        Headline(t("groups.groups"), number(len(groups), lang), day),
        Headline(t("groups.in_groups"), number(sites, lang), day),
        Headline(
            t("groups.audited"), number(audited, lang), day, t("groups.audited_share", share=share)
        ),
        Headline(t("groups.multi"), number(len(multi), lang), day, others),
    ]
    return numbers, _sources(source)


@prepared
def _table(source: str) -> pd.DataFrame:
    """Every certificate that covers several sites, with the sample where the rule applies."""
    rows, lang, names = shared_certificates(data.sites(source)), language(), data.names()
    types = {"group": t("groups.group"), "multi": t("groups.multi_type")}
    return pd.DataFrame(
        {
            t("groups.certificate"): rows["certificate_name"],
            t("groups.type"): [types[kind] for kind in rows["certificate_type"]],
            t("word.country"): [names[code] for code in rows["country"]],
            t("word.level"): [names[code] for code in rows["level"]],
            t("calendar.issued"): [date(day, lang) for day in rows["date_issued"]],
            t("groups.sites"): rows["sites"],
            t("groups.axis_audited"): [
                t("groups.not_sampled") if pd.isna(n) else str(n) for n in rows["audited"]
            ],
        }
    )


@prepared
def real_groups(source: str) -> Exhibit:
    """Each group of the registry as squares, the audited ones filled."""
    groups = _certificates(source, "group")
    texts = [t("groups.of", sites=row.sites, audited=row.audited) for row in groups.itertuples()]
    names = [name if len(name) <= 36 else f"{name[:35]}…" for name in groups["certificate_name"]]
    return Exhibit(
        "real_groups",
        t("groups.real_title", n=number(len(groups), language())),
        sampled(groups.assign(label=names, text=texts)),
        _table(source),
        _sources(source),
        alt=t("groups.real_alt", sites=groups["sites"].sum(), audited=groups["audited"].sum()),
        unit=t("groups.unit"),
        as_of=exhibits.day_of(source),
        note=t("groups.real_note"),
    )


@prepared
def rule(source: str) -> Exhibit:
    """The rule as a step line, the real groups on it."""
    groups = _certificates(source, "group")
    line = pd.DataFrame({"sites": range(1, MOST + 1)})
    line["audited"] = [audited_sites(n) for n in line["sites"]]
    dots = groups.assign(
        text=[
            f"{row.certificate_name}: " + t("groups.of", sites=row.sites, audited=row.audited)
            for row in groups.itertuples()
        ]
    )
    axes = (t("groups.axis_sites"), t("groups.axis_audited"))
    return Exhibit(
        "sampling_rule",
        t("groups.rule_title"),
        shares(line, dots, axes),
        line.rename(columns={"sites": axes[0], "audited": axes[1]}),
        cited("sampling"),
        alt=t("groups.rule_alt", most=MOST, audited=audited_sites(MOST)),
        unit=t("groups.unit"),
        as_of=exhibits.day_of(source),
        note=t("groups.rule_note"),
    )


def difference(source: str) -> None:
    """What sets a group apart from a multi-site certificate, and the list of the latter."""
    st.subheader(t("groups.difference"), anchor=False)
    words = {name: text_of(rule) for name, rule in DIFFERENCES.items()}
    st.markdown(t("groups.difference_text", **words))
    multi = _certificates(source, "multi")
    title = t("groups.multi_list", n=number(len(multi), language()))
    details = st.expander(title, key="multi_list", on_change="rerun")
    if details.open:
        table = _table(source)
        table = table[table[t("groups.type")] == t("groups.multi_type")]
        with details:
            st.dataframe(table, hide_index=True, alt=title)
            blocks.downloads("multi_site", table, _sources(source), title)
    blocks.source_line("difference", cited("group"))
