"""What do the rules say?"""

from waterstats.widgets import blocks
from waterstats.widgets.whatif import rulebook
from waterstats.widgets.whatif import scenario as scenarios

blocks.question("standard")
rulebook.show(scenarios.choose_standard())
