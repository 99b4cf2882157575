"""Question to answer: understand, search, choose evidence, draft, verify, assemble. The door is `answer`."""
