"""The automatic checks of a submitted case: evidence for people, who decide.

1. Each check says what it found, beside the thresholds, and by which provider and version.
2. A check that cannot be made says so (`ERROR`, `DOUBT`); it never holds for want of something.
3. A check that breaks does not hold up the others.
4. Nothing here refuses a case.
"""
