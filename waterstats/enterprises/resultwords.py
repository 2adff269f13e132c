"""The headings and words of the results, in both languages."""

from waterstats.language import locator
from waterstats.standards.limits import Words
from waterstats.standards.rules import Must, Points, Standard

KINDS = {
    "must": Words("必须满足", "must"),
    "points": Words("计分项", "points"),
    "gate": Words("分数门槛", "points gate"),
    "limit": Words("技术指标", "technical limit"),
}
STATE_WORDS = {
    "met": Words("是", "met"),
    "failed": Words("否", "not met"),
    "unanswered": Words("未答", "unanswered"),
    "not_applicable": Words("不适用", "not applicable"),
}
SHEET_NAMES = {
    "ranking": Words("结果排名", "verdicts"),
    "missing": Words("常缺项", "commonest missing"),
    "details": Words("逐项明细", "details"),
    "problems": Words("文件问题", "problems"),
    "settings": Words("规则与解读", "rules and readings"),
}
HEADINGS = {
    "ranking": (
        Words("名次", "Rank"),
        Words("企业", "Enterprise"),
        Words("行业", "Industry"),
        Words("结论", "Verdict"),
        Words("按所选解读的结论", "Verdict under the chosen readings"),
        Words("取决于哪些解读", "Turns on the readings"),
        Words("得分（未答按失分）", "Points, open ones lost"),
        Words("得分（未答按得分）", "Points, open ones won"),
        Words("等级", "Level"),
        Words("可能的等级", "Level possible"),
        Words("未满足", "Failed"),
        Words("未答", "Open"),
        Words("不适用", "Left out"),
        Words("共用水表", "Shared meter"),
    ),
    "details": (
        Words("企业", "Enterprise"),
        Words("行业", "Industry"),
        Words("类别", "Kind"),
        Words("编号", "Number"),
        Words("条款", "Rule"),
        Words("状态", "State"),
        Words("数值", "Value"),
        Words("关系", "Relation"),
        Words("限值", "Limit"),
        Words("单位", "Unit"),
        Words("余量", "Margin"),
        Words("共用水表", "Shared meter"),
        Words("出处", "Printed at"),
        Words("不适用的原因", "Reason for leaving out"),
    ),
    "missing": (
        Words("类别", "Kind"),
        Words("编号", "Number"),
        Words("条款", "Rule"),
        Words("行业", "Industry"),
        Words("未满足的企业", "Enterprises that do not meet it"),
        Words("未答的企业", "Enterprises that left it open"),
        Words("适用的企业", "Enterprises it applies to"),
        Words("缺失占比（%）", "Missing (%)"),
        Words("出处", "Printed at"),
    ),
    "problems": (
        Words("程度", "Kind"),
        Words("表", "Sheet"),
        Words("行", "Row"),
        Words("列", "Column"),
        Words("现为", "Found"),
        Words("应为", "Expected"),
        Words("怎么办", "What to do"),
    ),
    "settings": (
        Words("项目", "Item"),
        Words("内容", "Content"),
        Words("出处", "Printed at"),
    ),
}
WORD = {
    "yes": Words("是", "yes"),
    "error": Words("错误", "error"),
    "warning": Words("提醒", "warning"),
    "standard": Words("规则", "Rules"),
    "version": Words("版本", "Version"),
    "enterprises": Words("评分的企业数", "Enterprises scored"),
    "award": Words("未建模", "Not modelled"),
    "undecided": Words("不能判定：分数线不在来源中", "cannot be told: minimum not in our sources"),
    "entered": Words("用户填写的分数线", "Minimum entered by the user"),
    "settled": Words("已选定", "settled"),
    "varied": Words("默认；另一读法也算过", "default; the others were tried"),
    "decided": Words("已定", "decided"),
}


class Labels:
    """The words of the records of a standard."""

    def __init__(self, standard: Standard, language: str) -> None:
        self.records, self.language = standard.by_id, language

    def of(self, id_: str) -> str:
        """The label of a record; a limit names its product."""
        record = self.records.get(id_)
        if record is None:
            return ""
        text = record.label[self.language]
        variant = self.records.get(getattr(record, "variant", ""))
        return f"{text} · {variant.label[self.language]}" if variant else text

    def level(self, verdict: str, sure: str, possible: str) -> str:
        """The level that is sure; if the next depends on a minimum nobody knows, that is said."""
        if verdict == "meets" and sure != possible and self.records[possible].minimum is None:
            known = f"≥ {self.of(sure)} · " if sure else ""
            return known + WORD["undecided"][self.language]
        return self.of(sure)

    def all(self, ids: str) -> str:
        return "；".join(map(self.of, ids.split()))

    def readings(self, ids: str) -> str:
        return "；".join(self.records[id_].question[self.language] for id_ in ids.split())

    def number(self, id_: str) -> str:
        record = self.records[id_]
        return getattr(record, "number", "") or getattr(record, "row", "")

    def industry(self, id_: str) -> str:
        return self.of(getattr(self.records[id_], "industry", ""))

    def locator(self, id_: str) -> str:
        return locator(self.records[id_].locator, self.language)

    def counts(self, id_: str) -> bool:
        """Whether it can be missing of itself: not a gate, nor what follows, nor a bonus."""
        record = self.records[id_]
        if isinstance(record, Points):
            return record.blank == "open"
        return not (isinstance(record, Must) and record.follows) and hasattr(record, "op")

    def deducts(self, id_: str) -> bool:
        record = self.records[id_]
        return isinstance(record, Points) and record.most <= 0
