"""Where leads come from: each venue turns its own records into `VenueRecord`s."""
