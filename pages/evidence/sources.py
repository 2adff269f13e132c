"""Where do the numbers come from, and do they add up?"""

from waterstats.widgets import blocks
from waterstats.widgets.evidence import provenance

blocks.question("sources")
provenance.overview()
provenance.one_source()
provenance.totals()
provenance.doubts()
provenance.corrections()
provenance.package()
