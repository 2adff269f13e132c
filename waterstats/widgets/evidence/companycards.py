"""One card a company: who it is and what stands out; all the rest when the card is opened."""

from html import escape

import pandas as pd
import streamlit as st

from waterstats.charts.style import LEVELS
from waterstats.language import date
from waterstats.sources import cite
from waterstats.widgets import blocks, data, labels
from waterstats.widgets.data import DIRECTORY, prepared
from waterstats.widgets.evidence.companyfacts import SCOPES, amount, scope, when
from waterstats.widgets.evidence.practices import (
    Choice,
    companies,
    doubts,
    measures_asked,
    outcome_names,
)
from waterstats.widgets.state import language, t

SHOWN_NUMBERS, SHOWN_MEASURES = 2, 3
ACHIEVED = {"result": 1, "change": 1, "activity": 2, "target": 3}
VOLUMES = ("tonne", "tonne_per_day", "tonne_per_year", "percent")
STYLE = """<style>
.practice { display: flex; flex-wrap: wrap; gap: 0.6rem 2rem; line-height: 1.5; }
.practice .who { flex: 3 1 20rem; } .practice .numbers { flex: 2 1 16rem; }
.practice h3 { font-size: 1.1rem; font-weight: 600; margin: 0; padding: 0; }
.practice p, .practice ul { margin: 0.15rem 0 0; font-size: 0.875rem; }
.practice ul { padding-left: 1.1rem; } .practice .quiet { opacity: 0.8; }
.practice .chip { display: inline-block; margin: 0.3rem 0.35rem 0 0; padding: 0.05rem 0.55rem;
  border: 1px solid rgba(128,140,155,0.45); border-radius: 1rem; font-size: 0.8rem; }
.practice .doubt { border-color: #c9782a; border-width: 2px; }
.practice .numbers div { border-left: 3px solid #2a7ab9; padding-left: 0.7rem; margin-top: 0.3rem; }
.practice b { font-size: 1.05rem; font-weight: 600; }
</style>"""


def show(choice: Choice) -> None:
    """The cards of the matching companies; a single one is open from the start."""
    heads = _heads(choice)
    one = len(heads) == 1
    title = t("practices.cards_one") if one else t("practices.cards", n=len(heads))
    st.header(title, anchor=False)
    st.html(STYLE)
    for company, head in heads.items():
        with st.container(border=True, gap="small", key=f"practice-{company}"):
            st.html(head)
            details = st.expander(
                t("practices.open"),
                key=f"practice_{company}_{one}",
                expanded=one,
                on_change="rerun",
            )
            if details.open:
                with details:
                    _details(company)


def _own(view: str, company: str) -> list[dict]:
    return [row for row in data.records(view) if row["company"] == company]


def _chip(words: str, colour: str = "", kind: str = "") -> str:
    mark = f'<span style="color:{colour}">■</span> ' if colour else ""
    return f'<span class="chip {kind}">{mark}{escape(words)}</span>'


@prepared
def _heads(choice: Choice) -> dict[str, str]:
    """What is seen of the closed cards of the matching companies."""
    return {row["company"]: _head(row, choice) for row in companies(choice)}


def _head(row: dict, choice: Choice) -> str:
    """Name, place, trade, levels, numbers, and the measures asked for."""
    lang, company = language(), row["company"]
    facts = [t(f"practices.basin_{row['basin']}"), row[f"waters_{lang}"], row[f"group_{lang}"]]
    facts += [row[f"products_{lang}"]]
    if row["founded"]:
        facts.append(t("practices.founded", date=when(row["founded"])))
    name = row["printed_as"] if lang == "zh" else row["name_en"]
    also = "" if lang == "zh" else f'<p class="quiet" lang="zh">{escape(row["printed_as"])}</p>'
    return (
        f'<div class="practice"><div class="who"><h3>{escape(name)}</h3>{also}'
        f'<p class="quiet">{escape(" · ".join(fact for fact in facts if fact))}</p>'
        f"<div>{''.join(_levels(row, company))}</div><div>{''.join(_counts(company))}</div>"
        f"{_asked(company, choice)}</div>"
        f'<div class="numbers">{_numbers(company, choice)}</div></div>'
    )


def _levels(row: dict, company: str) -> list[str]:
    """The level as the blue book states it, and as the directory has it today."""
    names, sites = labels.level_names(), _own("practice_site_described", company)
    stated = row["level"]
    words = t("practices.level_stated", level=names[stated]) if stated else ""
    chips = [_chip(words or t("practices.level_unstated"), LEVELS.get(stated, ""))]
    today = [site["directory_level"] for site in sites if site["directory_level"]]
    if not today:
        return [*chips, _chip(t("practices.directory_none"))]
    best = max(today, key=list(names).index)
    key = "practices.directory_all" if len(today) == len(sites) else "practices.directory_some"
    words = t(key, level=names[best], n=len(today), whole=len(sites))
    return [*chips, _chip(words, LEVELS[best])]


def _counts(company: str) -> list[str]:
    """How many measures for each outcome, and how many doubts."""
    own = [row["outcome"] for row in _own("practice_measure", company)]
    chips = [
        _chip(t("practices.n_measures", outcome=name, n=own.count(code)))
        for code, name in outcome_names().items()
        if code in own
    ]
    if company in doubts():
        words = t("practices.n_doubts", n=len(doubts()[company]))
        chips.append(_chip(f"⚠ {words}", kind="doubt"))
    return chips


def _asked(company: str, choice: Choice) -> str:
    """The measures that a filter or a word asks for, at most three."""
    rows, words = measures_asked(choice), choice.words.lower().split()
    rows = rows[rows["company"] == company]
    if words:
        both = (rows["text_zh"] + " " + rows["text_en"]).str.lower()
        rows = rows[[any(word in text for word in words) for text in both]]
    elif not choice.about_measures:
        return ""
    texts = rows[f"text_{language()}"].head(SHOWN_MEASURES)
    if texts.empty:
        return ""
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def _numbers(company: str, choice: Choice) -> str:
    """Two numbers of what was achieved, of the outcomes asked for when there are any."""
    facts = [
        fact
        for fact in _own("practice_fact_described", company)
        if fact["kind"] in ACHIEVED and fact["value"] is not None and fact["outcome"]
    ]
    facts.sort(
        key=lambda f: (
            f["outcome"] not in choice.outcomes,
            ACHIEVED[f["kind"]],
            f["unit"] not in VOLUMES,
        )
    )
    if not facts:
        return f'<p class="quiet">{escape(t("practices.no_water_number"))}</p>'
    return "".join(map(_number, facts[:SHOWN_NUMBERS]))


def _number(fact: dict) -> str:
    day = when(fact["period"]) if fact["period"] else t("practices.no_day")
    about = f"· {scope(fact)} · {day}"
    return (
        f"<div><b>{escape(amount(fact))}</b><p>{escape(fact[f'label_{language()}'])} "
        f'<span class="quiet">{escape(about)}</span></p></div>'
    )


def _details(company: str) -> None:
    """Doubts, certificates in both sources, measures by outcome, quantities, sources."""
    lang = language()
    for doubt in doubts().get(company, []):
        st.warning(f"**{doubt['title'][lang]}**  \n{doubt['reason'][lang]}")
    left, right = st.columns(2, gap="large")
    left.markdown(_history(company))
    right.markdown(_measures(company))
    st.markdown(f"**{t('practices.quantities')}**")
    with blocks.wide(f"practice-{company}"):
        st.table(_quantities(company))
    blocks.source_line(f"practice-{company}", _cited(company))


@prepared
def _cited(company: str):
    views = ("practice_company", "practice_certification", "practice_fact", "practice_measure")
    rows = [data.table(view) for view in views]
    return cite(pd.concat([r[r["company"] == company][["source_id", "locator"]] for r in rows]))


@prepared
def _history(company: str) -> str:
    """The certification history as printed, then the named sites in the directory."""
    lang, names = language(), labels.level_names()
    lines = [f"**{t('practices.printed_history')}**", ""]
    for row in _own("practice_certification", company):
        words = [names.get(row["level"]), row[f"what_{lang}"]]
        text = "，".join(filter(None, words)) if lang == "zh" else ", ".join(filter(None, words))
        day = when(row["happened"]) if row["happened"] else t("practices.no_day")
        lines.append(f"- {t('practices.happened', date=day, words=text)}")
    if len(lines) == 2:
        lines.append(f"- {t('practices.no_history')}")
    day = date(data.source(DIRECTORY)["as_of"], lang)
    lines += ["", f"**{t('practices.directory_history', date=day)}**", ""]
    told = None
    for site in _own("practice_site_described", company):
        lines.append(f"- {_listed(site)}")
        if site[f"reason_{lang}"] != told:
            told = site[f"reason_{lang}"]
            sure = t(f"practices.match_{site['match']}")
            lines.append(f"  - *{sure}* · {told}")
    return "\n".join(lines)


def _listed(site: dict) -> str:
    lang, number = language(), site["registration_no"]
    name = site[f"name_{lang}"]
    if number is None:
        return t("practices.unlisted", site=name)
    return t(
        "practices.listed",
        site=name,
        number=f"[{number}](sites?lang={lang}&q={number})",
        level=data.names()[site["directory_level"]],
        issued=date(site["date_issued"], lang),
        valid=date(site["valid_until"], lang),
    )


@prepared
def _measures(company: str) -> str:
    """The measures as bullets under their outcomes."""
    own = _own("practice_measure", company)
    lines = []
    for code, name in outcome_names().items():
        texts = [row[f"text_{language()}"] for row in own if row["outcome"] == code]
        if texts:
            lines += [f"**{name}**", "", *(f"- {text}" for text in texts), ""]
    return "\n".join(lines)


@prepared
def _quantities(company: str) -> pd.DataFrame:
    """The quantities of a company, its own site first, others' last."""
    facts = sorted(
        _own("practice_fact_described", company), key=lambda fact: SCOPES.index(fact["scope"])
    )
    note = f"note_{language()}"
    return pd.DataFrame(
        {
            t("practices.scope"): scope(fact),
            t("practices.what"): fact[f"label_{language()}"]
            + (f"（{fact[note]}）" if fact[note] and language() == "zh" else "")
            + (f" ({fact[note]})" if fact[note] and language() == "en" else ""),
            t("practices.number"): amount(fact),
            t("practices.when"): when(fact["period"]),
            t("practices.kind"): t(f"practices.kind_{fact['kind']}"),
            t("practices.printed"): fact["as_published"],
        }
        for fact in facts
    ).set_index(t("practices.scope"))
