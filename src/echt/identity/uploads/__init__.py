"""Pictures that applicants send: received in parts, scanned, re-made from their pixels, and shown again."""
