"""Screening of applicants against lists of sanctioned and politically exposed persons that the operator imports.

`importing` brings a list in, `matching` finds who is like an applicant, `hits` keeps what was found, `rescreening`
looks again after an import. No list ships with the product. `docs/identity.md` has the formula, and what it was
measured to miss.
"""
