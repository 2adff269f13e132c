"""How far has water-stewardship certification come?"""

from waterstats.widgets import blocks, exhibits, headlines
from waterstats.widgets.data import BLUE_BOOK, DIRECTORY

blocks.question("overview")
blocks.headlines(*headlines.overview(BLUE_BOOK, DIRECTORY))
blocks.show(exhibits.growth())
blocks.show(exhibits.continents_since(BLUE_BOOK, DIRECTORY))
blocks.show(exhibits.china_levels_since(BLUE_BOOK, DIRECTORY))
