"""Who keeps the coins and sends them away: what custody is asked, and the sandbox that plays it."""
