"""Water-stewardship certification statistics and what-if scorers."""
