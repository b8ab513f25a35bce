"""The pages of production: the factory's day, jobs at the machine, orders."""
