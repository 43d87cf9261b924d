"""Keys, encrypted model fields, private files, blind indexes: personal data at rest."""
