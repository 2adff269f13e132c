"""What would change the verdict: the cheapest way, sweeps, meter errors."""
