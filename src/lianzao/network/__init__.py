"""The network's factories: sites, work centres, resources, what they can do, and the lanes between places."""
