"""Does your own list follow the same picture?"""

from waterstats.widgets import blocks, state, uploads
from waterstats.widgets.statistics import bringing, ownregistry

blocks.question("registry")
state.remembered("column")
bringing.add()
for source_id in list(uploads.everything()):
    ownregistry.show(source_id)
