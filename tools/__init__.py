"""What the repository needs to set itself up, check itself and write its generated files. Not shipped."""
