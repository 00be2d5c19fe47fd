"""The full-screen face: panes over the same actions as the command line."""
