"""Words that all rooms share: processes, materials, certificates, units, with their names in three languages."""
