"""Results kept, compared with a baseline, judged by gates, and shown."""
