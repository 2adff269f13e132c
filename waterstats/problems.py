"""What is wrong with a table, said in both languages so that its owner can mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from waterstats.standards.limits import Words

NOTHING = Words("", "")


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be used, or (`warning`) one that can but looks wrong.

    table: the frame, or the file and sheet. row: counted from 1 in a frame (0 is the header), as
    the spreadsheet counts in a file; 0 there means the whole sheet. found: what is there
    (in words if it is a whole file). expected: what should be. remedy: what to do, if not plain.
    """

    table: str
    row: int
    column: str
    found: str | Words
    expected: Words
    remedy: Words = NOTHING
    warning: bool = False

    def said(self, language: str) -> str:
        """The problem as one sentence or two, in "zh" or "en"."""
        found = self.found_in(language)
        if language == "zh":
            places = [self.table, f"第{self.row}行" if self.row else "", self.column]
            there = f"现为“{found}”" if found else "是空的"
            told = f"{'，'.join(filter(None, places))}：{there}，应为{self.expected.zh}"
            return f"{told}。{self.remedy.zh}"
        row = f"row {self.row}" if self.row or self.column else ""
        where = ", ".join(filter(None, [self.table, row, self.column]))
        told = f"{where}: found {found!r}, expected {self.expected.en}"
        return f"{told}. {self.remedy.en}" if self.remedy.en else told

    def found_in(self, language: str) -> str:
        return self.found[language] if isinstance(self.found, Words) else self.found

    def __str__(self) -> str:
        return self.said("en")


class InputError(ValueError):
    """Tables with cells that cannot be used; `problems` lists them all."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        more = f"\n… and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__("\n".join(map(str, problems[:20])) + more)


def one_of(known: Mapping[str, Words]) -> Words:
    """The ids in English, as a program writes them; the labels in Chinese."""
    return Words(
        f"下列之一：{'、'.join(w.zh for w in known.values())}", f"one of {', '.join(known)}"
    )


def suggestion(found: str, known: Mapping[str, Words]) -> Words:
    """ "Did you mean ...?" if an id or a label comes near what was found."""
    names = {name: id_ for id_, w in known.items() for name in (id_, w.zh, w.en)}
    folded = {name.casefold(): id_ for name, id_ in names.items()}
    close = get_close_matches(found.casefold(), folded, 1, 0.6) or contained(found, folded)
    if not close:
        return NOTHING
    id_ = folded[close[0]]
    return Words(f"是不是“{known[id_].zh}”？", f"Did you mean {id_!r} ({known[id_].en})?")


def contained(found: str, names: Iterable[str]) -> list[str]:
    """Names that are part of what was found, or it of them; Chinese words are too short for
    similarity (钢铁行业 is 钢铁)."""
    word = found.casefold().strip()
    return [n for n in names if len(word) > 1 and len(n) > 1 and (n in word or word in n)][:1]
