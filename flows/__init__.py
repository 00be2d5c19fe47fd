"""The order of the stages, and nothing else.

Prefect reads its settings when it is imported, and reports a new user's first import unless told not to: so INGOT's
settings are applied here, before any flow module imports it.
"""

from tasks.settings import apply

apply()
