"""What the figures in docs/figures.md come from: each module is run as `python -m benchmarks.NAME`."""
