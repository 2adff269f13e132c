"""Does your own list follow the same picture?"""

from waterstats.widgets import blocks, ownregistry, state, uploads

blocks.question("registry")
state.remembered("column")
ownregistry.add()
for source_id in list(uploads.everything()):
    ownregistry.show(source_id)
