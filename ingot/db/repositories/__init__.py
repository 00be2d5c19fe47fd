"""One file per aggregate; their methods are the verbs of the domain."""
