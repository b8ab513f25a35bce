"""From a request to an order: inquiry, promise, quote, consent, acceptance."""
