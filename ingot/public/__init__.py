"""What the world may see: the page behind the unsubscribe link, and the pixel."""
