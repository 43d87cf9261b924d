"""The staff workplace over all rooms: one queue, case pages, the audit trail, figures."""
