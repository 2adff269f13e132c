"""Practices: sourced facts, honest joins, doubts that follow from the numbers, filters, words."""

import datetime
import re
import shutil

import pandas as pd
import pytest
from apps import metrics, opened, words

from waterstats import corrections, store
from waterstats.analyses.practices import counted, speaking_of
from waterstats.charts.matrix import counts_grid
from waterstats.datafiles import DATA, DataError
from waterstats.language import large, locator, message, relation

TABLES = ("company", "site", "certification", "fact", "measure")
LOCATOR = re.compile(r"ch\. (4\.[1-4], case [1-5](, (profile|actions|lessons))?|3\.2\.[12])")
# What the directory's names must hold for a join to be believed.
NAMED = {
    "ecolab": "Ecolab",
    "haleon": "Haleon (Suzhou)",
    "wus": "WUS Printed Circuit (Kunshan)",
    "midea": "Guangdong Midea Air-conditioning",
    "sts": "STS Microelectronics",
    "mengniu": "Mengniu",
    "foxconn": "Foxconn Zhengzhou",
    "luxcase": "Luxcase",
    "trm": "TRM (Yangzhou)",
}
CITIES = {
    "ecolab_taicang": "Taicang",
    "haleon_changqiao": "Suzhou",
    "haleon_wusong": "Suzhou",
    "wus_kunshan": "Kunshan",
    "avary_huaian_1": "Huai'an",
    "avary_huaian_2": "Huai'an",
    "avary_qinhuangdao": "Qinhuangdao",
    "midea_shunde": "Foshan",
    "sts_shenzhen": "Shenzhen",
    "mengniu_hengshui": "Hengshui",
    "mengniu_qujing": "Qujing",
    "mengniu_jiaozuo_2": "Jiaozuo",
    "mengniu_helin_3": "Hohhot",
    "foxconn_hongfujin": "Zhengzhou",
    "foxconn_yuzhan": "Zhengzhou",
    "foxconn_fulian": "Zhengzhou",
    "luxcase_site": "Yancheng",
    "trm_yangzhou": "Yangzhou",
}


def rows(connection, name):
    return store.read(connection, f"practice_{name}")


@pytest.fixture(scope="module")
def value(connection):
    return rows(connection, "fact").set_index("fact_id")["value"]


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_sourced_and_located(connection, name):
    table = rows(connection, name)
    assert len(table)
    assert set(table["source_id"]) == {"blue_book_2024"}
    assert [place for place in table["locator"] if not LOCATOR.fullmatch(place)] == []


def test_there_are_thirteen_companies_each_in_a_place_of_its_own(connection):
    companies = rows(connection, "company")
    assert len(companies) == companies["locator"].nunique() == 13
    for name in ("fact", "measure", "site"):
        assert set(rows(connection, name)["company"]) == set(companies["company"])
    section = dict(zip(companies["company"], companies["locator"], strict=True))
    for name in ("fact", "measure"):
        for row in rows(connection, name).itertuples():
            assert row.locator.startswith(f"{section[row.company]}, "), row


def test_numbers_are_those_printed(connection):
    for row in rows(connection, "fact").dropna(subset="value").itertuples():
        digits = re.search(r"[\d.]+", row.as_published.replace(",", ""))
        if digits:
            size = 1e4 if "万" in row.as_published else 1e8 if "亿" in row.as_published else 1
            assert row.value == pytest.approx(float(digits[0]) * size), row.fact_id


def test_what_is_about_one_site_is_not_about_the_group(connection):
    facts = rows(connection, "fact").set_index("fact_id")
    assert set(facts[facts["site"].notna()]["scope"]) == {"site"}
    assert facts.loc["ecolab_customers_saved", "scope"] == "customers"
    assert facts.loc["mengniu_saved", "scope"] == "group"
    assert facts.loc["mengniu_saved_society", "scope"] == "community"
    assert facts.loc["sts_saved", "scope"] == "community"


def test_joined_sites_are_those_the_directory_names(connection):
    sites = rows(connection, "site_described").set_index("site")
    joined = sites.dropna(subset="registration_no")
    assert joined["certificate_name"].notna().all()
    assert joined["city"].to_dict() == CITIES
    assert not joined["registration_no"].duplicated().any()
    printed = store.read(connection, "site").set_index("registration_no")
    for row in joined.itertuples():
        listed = printed.loc[row.registration_no]
        names = f"{listed['account_name']} {listed['certificate_name']}"
        if row.company in NAMED:
            assert NAMED[row.company] in names
        elif row.match == "certain":
            assert "Avary" in names
        else:
            assert "Avary" not in names and row.match == "likely"


def test_sites_that_cannot_be_joined_say_why(connection):
    sites = rows(connection, "site")
    absent = sites[sites["match"] == "none"]
    assert set(absent["site"]) == {
        "chunhua_kunshan",
        "shenmei_shanghai",
        "avary_shenzhen",
        "dawang_guangzhou",
        "mengniu_taian",
    }
    assert absent["registration_no"].isna().all()
    assert sites[["reason_zh", "reason_en"]].notna().all(axis=None)


def test_levels_of_both_sources_agree_where_both_state_one(connection):
    level = rows(connection, "company").set_index("company")["level"]
    sites = rows(connection, "site_described").dropna(subset="directory_level")
    stated = sites[sites["company"].map(level).notna()]
    assert len(stated) == 16
    assert (stated["company"].map(level) == stated["directory_level"]).all()


def spread(copy, file, before, after):
    path = copy / "practices" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "before", "after", "expected"),
    [
        ("sites.csv", "AWS-000127", "AWS-999999", "a registration number"),
        ("sites.csv", "Taicang plant,CN-JS", "Taicang plant,CN-GD", "where the directory has it"),
        ("facts.csv", "7951,tonne,=", "7951,tonne,", "relation"),
        ("facts.csv", "7951,tonne,=", "-7951,tonne,=", ">= 0"),
        ("facts.csv", "7951,tonne,=", "7951,tons,=", "a unit of table unit"),
        ("facts.csv", "7951 吨,2021,site", "7951 吨,2021,group", "scope"),
        ("facts.csv", "7951 吨,2021,site", "7951 吨,2021年,site", "period"),
        (
            "facts.csv",
            "mengniu,mengniu_hengshui,result,balance,节水量,Water saved,7951",
            "mengniu,wus_kunshan,result,balance,节水量,Water saved,7951",
            "a site of mengniu",
        ),
    ],
)
def test_a_fault_is_named_with_its_row(tmp_path, file, before, after, expected):
    copy = shutil.copytree(DATA, tmp_path / "data")
    spread(copy, file, before, after)
    with pytest.raises(DataError) as raised:
        store.build(copy, tmp_path / "w.duckdb")
    problem = raised.value.problems[0]
    assert problem.file == f"data/practices/{file}" and problem.row
    assert expected in f"{problem.expected} {problem.column}"


# The numbers a doubt states, computed again from the facts, as Chinese and as English writes them.
RECOMPUTED = {
    "avary_saved_over_capacity": lambda v: [
        (f"{v.avary_capacity * 365 / 1e4:g} 万吨", f"{v.avary_capacity * 365 / 1e6:g} million"),
        (f"{v.avary_output * 365 / 1e4:g} 万吨", f"{v.avary_output * 365 / 1e6:g} million"),
        (f"{v.avary_saved / 1e4:g} 万吨", f"{v.avary_saved / 1e6:g} million"),
    ],
    "avary_saved_over_discharge": lambda v: [
        (f"相差 {(v.avary_saved - v.avary_less_discharge) / 1e4:g} 万吨",
         f"leaves {(v.avary_saved - v.avary_less_discharge) / 1e6:g} million"),
    ],
    "sts_saving_is_supply": lambda v: [
        (f"{v.sts_supply:g} 吨", f"{v.sts_supply:g} t"),
        (f"自用为 {v.sts_supply - v.sts_saved:g} 吨", f"{v.sts_supply - v.sts_saved:g} t for"),
    ],
    "taian_reuse_and_unit_use": lambda v: [
        (f"{v.mengniu_taian_saved / v.mengniu_taian_unit / 100:g} 万吨",
         f"{v.mengniu_taian_saved / v.mengniu_taian_unit / 1e4:g} million"),
        (f"{v.mengniu_taian_reused:g}%", f"{v.mengniu_taian_reused:g} %"),
    ],
    "taian_bill_and_unit_use": lambda v: [
        (f"{v.mengniu_taian_bill / v.mengniu_taian_unit:.1f} 倍",
         f"{v.mengniu_taian_bill / v.mengniu_taian_unit:.1f} times"),
    ],
    "villagers_money": lambda v: [
        (f"{v.mengniu_villagers_money / v.mengniu_villagers:g} 元",
         f"{v.mengniu_villagers_money / v.mengniu_villagers:g} yuan"),
        (f"{v.mengniu_villagers_money / v.mengniu_drip:g} 元",
         f"{v.mengniu_villagers_money / v.mengniu_drip:g} yuan"),
    ],
    "drinking_water_ratio": lambda v: [
        (f"{(first := v.ecolab_customers_saved / v.ecolab_customers_people):.3f} 吨",
         f"{first:.3f} t"),
        (f"{v.ecolab_target_saved / v.ecolab_target_people:.3f} 吨",
         f"{v.ecolab_target_saved / v.ecolab_target_people:.3f} t"),
        (f"{v.ecolab_target_saved / first / 1e8:.2f} 亿人",
         f"{v.ecolab_target_saved / first / 1e6:,.0f} million"),
    ],
    "discharge_80": lambda v: [
        (f"限值的 {100 - v.foxconn_quality:g}%", f"{100 - v.foxconn_quality:g} % of the limit"),
        (f"{v.foxconn_quality / (100 - v.foxconn_quality):g} 倍",
         f"factor of {v.foxconn_quality / (100 - v.foxconn_quality):g}"),
    ],
    "reuse_rate_25": lambda v: [
        (f"{100 - v.foxconn_reuse:g}%", f"{100 - v.foxconn_reuse:g} %"),
        (f"{100 / (1 + v.foxconn_reuse / 100):g}%", f"{100 / (1 + v.foxconn_reuse / 100):g} %"),
    ],
    "river_assessments": lambda v: [
        (f"每人次 {v.foxconn_assessments / v.foxconn_participations:.1f} 次",
         f"{v.foxconn_assessments / v.foxconn_participations:.1f} for each"),
        (f"每场 {v.foxconn_assessments / v.foxconn_events:.0f} 次",
         f"{v.foxconn_assessments / v.foxconn_events:.0f} for each"),
    ],
    "luxshare_in_directory": lambda v: [
        (f"{v.luxcase_group_certified:g} 家子公司", f"{v.luxcase_group_certified:g} subsidiaries"),
        (f"{v.luxcase_group_platinum:g} 家白金级", f"{v.luxcase_group_platinum:g} of them"),
    ],
    "midea_all_and_less": lambda v: [
        (f"{100 - v.midea_recovered:g}%", f"{100 - v.midea_recovered:g} %"),
        (f"{v.midea_circulated:g}%", f"{v.midea_circulated:g} %"),
    ],
}  # fmt: skip


def doubts():
    return {d["id"]: d for d in corrections.declared()["doubt"] if "company" in d}


def test_every_doubt_about_a_company_is_computed_again():
    assert set(doubts()) == set(RECOMPUTED)


@pytest.mark.parametrize("name", sorted(RECOMPUTED))
def test_a_doubt_states_what_follows_from_the_facts(connection, value, name):
    doubt, facts = doubts()[name], rows(connection, "fact").set_index("fact_id")
    assert set(facts.loc[doubt["facts"], "company"]) == {doubt["company"]}
    for zh, en in RECOMPUTED[name](value):
        assert zh in doubt["reason"]["zh"]
        assert en in doubt["reason"]["en"]


def test_the_saving_is_larger_than_its_plant_even_at_full_load(value):
    assert value["avary_saved"] > 365 * value["avary_capacity"] > 365 * value["avary_output"]
    assert value["sts_saved"] == value["sts_supply"]


def test_luxshare_has_three_sites_in_the_directory_one_of_them_platinum(connection):
    sites = store.read(connection, "site_described")
    own = sites[sites["holder"].isin(["Luxshare", "Luxcase"])]
    assert len(own) == 3 and (own["level"] == "platinum").sum() == 1
    reason = doubts()["luxshare_in_directory"]["reason"]
    assert "3 家，白金级 1 家" in reason["zh"] and "has 3, of which 1 Platinum" in reason["en"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_counts_companies_measures_facts_and_doubts(connection, lang):
    shown = metrics(opened("practices", lang))
    facts, measures = rows(connection, "fact"), rows(connection, "measure")
    expected = {
        "companies": 13,
        "measures": len(measures),
        "facts": facts["value"].notna().sum(),
        "doubts": 12,
    }
    assert shown == {message(f"practices.{k}", lang): str(n) for k, n in expected.items()}


@pytest.mark.parametrize(
    ("asked", "companies"),
    [
        ({"industry_group": ["food"]}, 3),
        ({"industry_group": ["food", "pharma"]}, 5),
        ({"where": ["huai"]}, 2),
        ({"where": ["CN-SD"]}, 1),
        ({"where": ["huai", "CN-SD"]}, 3),
        ({"acts_on": ["wash"]}, 4),
        ({"acts_on": ["wash"], "measure": ["habitat"]}, 0),
        ({"measure": ["habitat"]}, 8),
        ({"words": "反渗透"}, 3),
        ({"words": "OSMOSIS"}, 3),
        ({"words": "osmosis Tai’an"}, 1),
        ({"words": "no-such-word"}, 0),
        ({"where": ["yangtze"], "industry_group": ["ict"], "acts_on": ["areas"]}, 2),
    ],
)
def test_filters_come_from_the_address(asked, companies):
    app = opened("practices", "en", **asked)
    assert metrics(app)["Companies"] == str(companies)
    assert (message("practices.none", "en") in words(app)) == (companies == 0)


def test_an_unknown_filter_is_ignored_with_a_note():
    app = opened("practices", "en", where=["atlantis"])
    assert metrics(app)["Companies"] == "13"
    assert "where=atlantis" in words(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_single_card_is_open_with_doubts_certificates_and_numbers(lang):
    app = opened("practices", lang, words="鹏鼎")
    doubt = doubts()["avary_saved_over_capacity"]
    assert any(doubt["reason"][lang] in box.value for box in app.warning)
    told = words(app)
    assert "AWS-000251" in told and message("practices.match_none", lang) in told
    table = app.table[0].value
    number = {"zh": "约 120 万吨/年 ⚠", "en": "about 1.2 million t a year ⚠"}[lang]
    assert number in set(table[message("practices.number", lang)])
    assert "约 120万吨" in set(table[message("practices.printed", lang)])


def test_closed_cards_draw_no_tables():
    app = opened("practices")
    assert len(app.table) == len(app.warning) == len(app.dataframe) == 0
    assert len(app.get("html")) >= 13


def test_all_facts_can_be_read_with_source_scope_and_period():
    app = opened("practices", "en", industry_group=["food"])
    app.session_state["practice_facts"] = True
    app.run()
    table = app.dataframe[0].value
    assert set(table["Company"]) == {"Shanghai Shenmei", "Guangzhou Dawang", "Mengniu"}
    assert {"Scope", "When", "As printed", "Source", "Place in source"} <= set(table)
    assert (table["Place in source"] != "").all()


@pytest.mark.parametrize(
    ("industry", "group"), [("beer", "food"), ("chlor_alkali", "pharma"), ("steel", None)]
)
def test_leader_scorer_links_to_practices_of_its_industry_only_where_evident(
    connection, industry, group
):
    like = rows(connection, "industry").set_index("rule_industry")["industry"]
    assert like.get(industry) == group
    from waterstats.standards.rulefiles import load_standard

    known = {i.id for i in load_standard("shandong_leader_2025").industries}
    assert set(like.index) <= known
    links = [link.proto for link in opened("leader", "en").get("page_link")]
    assert any(link.label == message("practices.link", "en") for link in links)


def test_counted_counts_measures_and_companies():
    measures = pd.DataFrame(
        {"company": ["a", "a", "b", "c"], "outcome": ["quality", "quality", "quality", None]}
    )
    assert counted(measures, ["outcome"]).values.tolist() == [["quality", 3, 2]]
    assert counted(measures.iloc[:0], ["outcome"]).empty


def test_words_may_stand_in_different_texts_of_a_company():
    texts = pd.DataFrame(
        {"company": ["a", "a", "b"], "text": ["Reverse OSMOSIS", "river patrol", None]}
    )
    assert speaking_of(texts, "osmosis river")["company"].tolist() == ["a"]
    assert speaking_of(texts, "")["company"].tolist() == ["a", "b"]
    assert speaking_of(texts, "osmosis.")["company"].tolist() == []


def test_grid_shows_every_count_and_leaves_the_rest_empty():
    cells = pd.DataFrame({"name": ["a", "b"], "outcome": ["x", "y"], "n": [2, 1]})
    figure = counts_grid(cells, "name", "outcome", "n", {"x": "X", "y": "Y"}, "measures")
    empty, filled, texts = figure.data
    assert list(texts.text) == ["2", "1"]
    assert [[z is None for z in row] for row in filled.z] == [[False, True], [True, False]]
    assert [[z is None for z in row] for row in empty.z] == [[True, False], [False, True]]


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (856e6, "8.56 亿", "856 million"),
        (1136e6, "11.36 亿", "1.136 billion"),
        (1e8, "1 亿", "100 million"),
        (814500, "81.45 万", "814,500"),
        (1e6, "100 万", "1 million"),
        (999_999, "99.9999 万", "999,999"),
        (99_999, "99,999", "99,999"),
        (28653, "28,653", "28,653"),
        (20000, "2 万", "20,000"),
        (6.3, "6.3", "6.3"),
    ],
)
def test_large_numbers_keep_every_digit(number, zh, en):
    assert (large(number, "zh"), large(number, "en")) == (zh, en)


def test_at_most_and_case_are_words():
    assert relation("3", "<=", "zh") == "不超过 3"
    assert relation("3", "<=", "en") == "at most 3"
    assert locator("ch. 4.2, case 1, actions", "zh") == "第 4.2 节，案例 1，水管理行动"


def test_periods_are_dates_that_exist(connection):
    for text in rows(connection, "fact")["period"].dropna():
        for part in text.split("/"):
            assert 1990 < pd.Period(part).year <= datetime.date.today().year + 10
