"""The applicant's pages. They parse input, call an action, and turn its refusals into sentences."""
