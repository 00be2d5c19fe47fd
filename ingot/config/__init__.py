"""What the user chose: where it lies, what shape it has, and how its secrets are kept."""
