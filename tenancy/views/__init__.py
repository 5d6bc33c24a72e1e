"""Pages of tenancy: signing in, the own account, appointments, people, areas, errors."""
