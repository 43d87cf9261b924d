"""The desk's pages of identification: queue, case, decisions, figures."""
