"""What can be ordered: product families, items, bills of material, routings, and the rules of their prices."""
