"""How to fill in a template: the words on its guide sheet."""

from collections.abc import Iterator

from waterstats.enterprises.vocabulary import Vocabulary
from waterstats.standards.limits import Words

ROWS = (
    Words("一家企业一行，填在“企业”表。", "One row per enterprise in the first sheet."),
    Words("数值填在“指标”表，一个数一行。", "One row per number in the second sheet."),
)
ANSWERS = (
    Words(
        "不知道的留空：空格按“未答”计，不会当作不达标。",
        "Leave unknown cells empty: they count as unanswered, never as failed.",
    ),
    Words(
        "答案填“是”或“否”；可以不适用的项填“不适用”，并在旁边写原因。",
        "Answer yes or no; where n/a is possible, give the reason beside it.",
    ),
)
NUMBERS = (
    Words(
        "文件里只有一家企业时，“指标”表的企业名称可以不填。",
        "With one enterprise in the file, its name may be left out of the second sheet.",
    ),
    Words(
        "只填数，按“单位”列的单位；百分数写97或97%，不写0.97。",
        "Enter plain numbers in the unit shown; write 97 or 97%, not 0.97.",
    ),
)
VOLUMES = (
    Words(
        "单位是m3时，填立方米；以万立方米计的，请把单位改成“万m3”。",
        "Where the unit is m3, enter m3; if you have 10⁴ m3, change the unit cell to that.",
    ),
)
VARIANTS = (
    Words(
        "没有生产的产品或没有采用的路线，整行留空。",
        "Leave the whole row empty for products or routes you do not have.",
    ),
)
ABSENCES = (
    Words(
        "没有某一系统（如无直接冷却），在“有无”填“无”并写原因；取水量、重复利用率、漏损率不能填“无”。",
        "No such system on site: put 'no' under present, with the reason. Withdrawal, reuse rate "
        "and leakage cannot be left out.",
    ),
)
METERS = (
    Words(
        "几种产品共用一块水表时：填“共用水表的取水量”，并在各产品的行里填产量。",
        "Products on one meter: give the volume of the shared meter, and each product's output in "
        "its row.",
    ),
    Words(
        "有产品但没有数时，在“有无”填“有”。",
        "For a product without a number, put 'yes' under present.",
    ),
)
SHEET = (
    Words(
        "不要合并单元格，不要改列名；多余的行可以删除。",
        "Do not merge cells or change headings; rows you do not need may be deleted.",
    ),
)


def guide(words: Vocabulary) -> Iterator[Words]:
    """The lines a standard has a use for."""
    units = {asked.unit for plan in words.plans.values() for asked in plan.inputs}
    for lines, wanted in (
        (ROWS[:1], True),
        (ROWS[1:], words.numbers),
        (ANSWERS, True),
        (NUMBERS, words.numbers),
        (VOLUMES, any(unit.startswith("m3") for unit in units)),
        (VARIANTS, words.variants),
        (ABSENCES, words.absences),
        (METERS, words.variants),
        (SHEET, True),
    ):
        yield from lines if wanted else ()
