"""`ingot setup`: the wizard, one file for each group of steps, and the same without questions."""
