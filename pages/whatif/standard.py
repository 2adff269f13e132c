"""What do the rules say?"""

from waterstats.widgets import blocks, rulebook
from waterstats.widgets import scenario as scenarios

blocks.question("standard")
rulebook.show(scenarios.choose_standard())
