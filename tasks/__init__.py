"""The stages as Prefect tasks. Each loads, decides, does and records; ids in, ids out.

Prefect reads its settings when it is imported, so INGOT's are applied here, before any task module imports it.
"""

from tasks.settings import apply

apply()
