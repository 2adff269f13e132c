"""Benchmarks: ratios measured in one run on one machine; run them by hand or by `make bench`."""
