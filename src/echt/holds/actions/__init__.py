"""What risk officers and treasurers do with holds, policies and limits; each a transaction."""
