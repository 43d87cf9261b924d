"""The verifier of `echt/1` for browsers: JavaScript modules without dependencies, and one page of a single file."""
