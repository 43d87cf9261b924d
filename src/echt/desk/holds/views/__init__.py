"""The pages of the risk desk."""
