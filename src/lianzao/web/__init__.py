"""The page shell, problem details, transactions of a use case, the API instance: Django, but no domain."""
