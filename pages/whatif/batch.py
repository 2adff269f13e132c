"""Which of these enterprises meet the thresholds?"""

from waterstats.widgets import blocks
from waterstats.widgets.whatif import batch, rulebook
from waterstats.widgets.whatif import scenario as scenarios

blocks.question("batch")
standard = scenarios.choose_standard()
batch.offer_template(standard)
rulebook.source(standard)
results = batch.uploaded(standard)
if results is not None:
    batch.show(results)
