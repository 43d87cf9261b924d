"""The desk's pages of the audit record: what happened, whether the chain holds, export."""
