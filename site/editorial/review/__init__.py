"""Review: the queue, the review view, decisions and what follows from them."""
