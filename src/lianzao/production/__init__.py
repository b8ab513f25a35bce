"""Job orders and what the shop floor reports of them."""
