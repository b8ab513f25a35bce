"""Products in use: passports, service contracts by the operating hour, meters, maintenance, needs."""
