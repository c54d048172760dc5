"""Speed and size at ten thousand cases: each module says how to run it."""
