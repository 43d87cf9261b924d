"""Where prices come from: sources, what they said, and the median that counts."""
