"""The pages of trade: what can be bought and when, quotes, what owners are asked, what they agree to."""
