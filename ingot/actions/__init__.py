"""One human deed per file. Command line, terminal screens and gates call these; they hold the decisions' consequences."""
