"""The embedded engine: no model, no network, the same answer every time. It chooses and joins what was read."""
