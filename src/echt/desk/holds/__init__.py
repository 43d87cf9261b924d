"""The risk desk: holds by risk, and what people decide about them."""
