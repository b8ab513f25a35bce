"""What every room stands on: refusals, references, money, time. Pure Python, no framework."""
