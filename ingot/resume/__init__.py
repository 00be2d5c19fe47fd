"""From a résumé file to text, and from that text to a profile, without a model."""
