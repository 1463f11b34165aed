"""Authors' work: their models, the edit view, saves at the same time, co-authors."""
