"""A polite, safe reader of untrusted pages: fetch (client, guard, body), read (page), and who stands on them."""
