"""Files people send, opened as plain grids of cells, whatever they are about."""
