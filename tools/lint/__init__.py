"""The house's own rules, those that no general tool knows: `python -m tools.lint`.

Each rule says why it is there and what to do instead. A line that must break a rule gives its reason, as in
`# house: clock: the reason`. A rule without a sample that breaks it does not pass its own tests.
"""
