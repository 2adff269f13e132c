"""The words of a standard as people write them in tables: headings, industries, indicators and
products, by id or by label in either language."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path

from waterstats.scoring.compiled import plans
from waterstats.scoring.plans import Input, Plan
from waterstats.standards.limits import Words

ENTERPRISES, MEASUREMENTS = "enterprises", "measurements"
SHEETS = {
    ENTERPRISES: Words("企业", "enterprises"),
    MEASUREMENTS: Words("指标", "measurements"),
    "guide": Words("说明", "guide"),
    "codes": Words("代码", "codes"),
}

# The columns of both tables: the heading a template writes, then others that are understood.
COLUMNS = {
    "enterprise": (
        Words("企业名称", "Enterprise"),
        "企业",
        "单位名称",
        "公司名称",
        "name",
        "company",
    ),
    "industry": (Words("所属行业", "Industry"), "行业", "行业名称"),
    "enterprise_type": (Words("企业类型", "Type of enterprise"), "企业性质"),
    "output_value": (Words("年总产值（万元）", "Output value (10⁴ yuan)"), "总产值", "产值"),
    "product_withdrawal": (
        Words("主要产品取水量（立方米）", "Withdrawal for the main product (m3)"),
        "主要产品取水量",
    ),
    "measure": (Words("指标", "Indicator"), "指标名称", "measure"),
    "variant": (
        Words("产品或路线", "Product or route"),
        "产品",
        "路线",
        "工艺",
        "product",
        "route",
    ),
    "value": (Words("数值", "Value"), "值", "指标值"),
    "unit": (Words("单位", "Unit"), "计量单位"),
    "output": (Words("年产量", "Output of the year"), "产量"),
    "present": (Words("有无", "Present"), "有无此系统", "是否有"),
    "reason": (Words("没有的原因", "Reason if not present"), "原因", "说明"),
}
# Not scored: a city's recommendation table wants them. Only for standards of a yearly selection.
RECOMMENDATION = ("enterprise_type", "output_value", "product_withdrawal")
TABLE_COLUMNS = {
    ENTERPRISES: ("enterprise", "industry", *RECOMMENDATION),
    MEASUREMENTS: (
        *("enterprise", "measure", "variant", "value", "unit"),
        *("output", "present", "reason"),
    ),
}
UNIT_IN_BRACKETS = re.compile(r"^(.*?)\s*[(（\[]([^()（）\[\]]*)[)）\]]\s*$", re.S)


def folded(text: object) -> str:
    """A name without what people vary: width, case, spaces, hyphens, dots and stars."""
    return re.sub(r"[\s_\-*·:.、/]+", "", unicodedata.normalize("NFKC", str(text)).casefold())


class Vocabulary:
    """What can be written in the tables of one standard."""

    def __init__(self, standard_id: str | Path) -> None:
        self.plans = plans(standard_id)
        self.standard = next(iter(self.plans.values())).standard
        self.industries = {id_: plan.label for id_, plan in self.plans.items() if id_}
        self.asked = {c.id: c for plan in self.plans.values() for c in plan.asked}
        self.numbers = any(plan.inputs for plan in self.plans.values())
        self.variants = any(plan.variants for plan in self.plans.values())
        self.absences = any(plan.absences for plan in self.plans.values())
        self._industries = index(self.industries)
        self._names = {id_: pair_names(plan) for id_, plan in self.plans.items()}

    def heading(self, id_: str, language: str) -> str:
        """A heading as the template writes it: a column, a clause or its reason."""
        if id_ in COLUMNS:
            text = COLUMNS[id_][0][language]
            year = self.standard.header.data_year
            if id_ in ("output_value", "product_withdrawal") and year:
                text = {"zh": f"{year}{text}", "en": f"{text}, {year}"}[language]
            return text
        clause = self.asked[id_.removesuffix("_reason")]
        text = f"{clause.number} {clause.label[language]}"
        why = {"zh": "不适用的原因", "en": "reason if n/a"}[language]
        return f"{text} – {why}" if id_.endswith("_reason") else text

    def table_columns(self, table: str) -> list[str]:
        """The columns of a table besides its answers; those that this standard has a use for."""
        unused = set() if self.standard.header.data_year else set(RECOMMENDATION)
        unused |= set() if self.industries else {"industry"}
        unused |= set() if self.variants else {"variant", "output"}
        unused |= set() if self.variants or self.absences else {"present", "reason"}
        return [column for column in TABLE_COLUMNS[table] if column not in unused]

    @cached_property
    def clause_columns(self) -> list[str]:
        """The columns of answers, a reason after each that may be "not applicable"."""
        columns = []
        for id_, clause in self.asked.items():
            columns += [id_, f"{id_}_reason"] if clause.may_be_not_applicable else [id_]
        return columns

    @cached_property
    def headings(self) -> dict[str, dict[str, str]]:
        """For each table, what a folded heading means: a column, or measure|variant as written."""
        tables: dict[str, dict[str, str]] = {table: {} for table in TABLE_COLUMNS}
        for table, ids in TABLE_COLUMNS.items():
            for id_ in ids:
                label, *others = COLUMNS[id_]
                headings = (self.heading(id_, language) for language in ("zh", "en"))
                for name in (id_, label.zh, label.en, *headings, *others):
                    tables[table][folded(name)] = id_
        wide = tables[ENTERPRISES]
        for id_ in self.clause_columns:
            clause = self.asked[id_.removesuffix("_reason")]
            plain = [] if id_.endswith("_reason") else [clause.label.zh, clause.label.en]
            for name in (id_, self.heading(id_, "zh"), self.heading(id_, "en"), *plain):
                wide.setdefault(folded(name), id_)
        for written, pair in self.wide_numbers():
            wide.setdefault(folded(written), pair)
        return tables

    def wide_numbers(self) -> Iterable[tuple[str, str]]:
        """Headings of a number in a table with one row per enterprise."""
        for plan in self.plans.values():
            for limit in plan.limits:
                yield limit.id, f"{limit.id}|"
            for asked in plan.inputs:
                for name in self.names(asked):
                    yield name, "|".join(name.split(" · ")) if asked.variant else f"{name}|"
                yield f"{asked.measure}.{asked.variant}", f"{asked.measure}|{asked.variant}"

    def names(self, asked: Input) -> list[str]:
        """A number by its labels: "indicator · product"."""
        labels = [self.standard.by_id[id_].label for id_ in (asked.measure, asked.variant) if id_]
        return [" · ".join(label[language] for label in labels) for language in ("zh", "en")]

    def column(self, table: str, heading: object) -> tuple[str, str]:
        """What a heading means and the unit it states; ("", "") if nothing is known by it."""
        known = self.headings[table]
        if folded(heading) in known:
            return known[folded(heading)], ""
        parts = UNIT_IN_BRACKETS.match(str(heading))
        if parts and folded(parts[1]) in known:
            return known[folded(parts[1])], parts[2].strip()
        return "", ""

    def industry(self, written: str) -> str:
        """The id of an industry; what is written, if it is none."""
        return self._industries.get(folded(written), written)

    def pair(self, industry: str, measure: str, variant: str) -> tuple[str, str]:
        """The ids of an indicator and a product of an industry; as written, if they are none."""
        measures, variants = self._names.get(industry, ({}, {}))
        return measures.get(folded(measure), measure), variants.get(folded(variant), variant)

    def first_measure(self, industry: str, variant: str) -> str:
        """A number that is asked for a product, for a row that names the product only."""
        inputs = self.plans[industry].inputs if industry in self.plans else ()
        return next((asked.measure for asked in inputs if asked.variant == variant), "")

    def input(self, industry: str, measure: str, variant: str) -> Input | None:
        """The number a row gives, if the industry is asked for it."""
        if industry not in self.plans:
            return None
        plan = self.plans[industry]
        limits = {limit.id: limit for limit in plan.limits}
        if measure in limits:
            measure, variant = limits[measure].measure, limits[measure].variant
        inputs = {(asked.measure, asked.variant): asked for asked in plan.inputs}
        return inputs.get((measure, variant)) or inputs.get((measure, ""))


@cache
def vocabulary(standard_id: str | Path) -> Vocabulary:
    return Vocabulary(standard_id)


def index(known: Mapping[str, Words]) -> dict[str, str]:
    """Folded ids and labels to ids; a label that two share names neither."""
    names: dict[str, str] = {}
    for id_, label in known.items():
        for name in (label.zh, label.en):
            names[folded(name)] = "" if names.get(folded(name), id_) != id_ else id_
    names |= {folded(id_): id_ for id_ in known}
    return {name: id_ for name, id_ in names.items() if id_}


def pair_names(plan: Plan) -> tuple[dict[str, str], dict[str, str]]:
    """Indicators and products of an industry by folded name; a limit's own label stands for its
    indicator where it can mean no other."""
    meant: dict[str, set[str]] = {}
    for limit in plan.limits:
        for name in (limit.label.zh, limit.label.en):
            meant.setdefault(folded(name), set()).add(limit.measure)
    measures = {name: min(found) for name, found in meant.items() if len(found) == 1}
    measures |= {folded(limit.id): limit.id for limit in plan.limits}
    measures |= index({i.measure: plan.standard.by_id[i.measure].label for i in plan.inputs})
    return measures, index({v.id: v.label for v in plan.variants[: plan.declared]})
