"""Can the published figures all be true together?"""

from waterstats.widgets import blocks
from waterstats.widgets.evidence import statementcounts, statementform, statements, statementtable

blocks.question("statements")
blocks.headlines(*statements.headlines())
statements.conflicts()
statementcounts.counts()
statementcounts.implied()
statementform.add()
statementtable.table()
