"""Background work: retries, schedules, stalled work, dead letters; and the one clock."""
