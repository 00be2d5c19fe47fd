"""The database: tables, the mapping of domain classes onto them, transactions and repositories."""
