"""Decisions without a framework: pure Python, no network, no files, no clock; none imports another."""
