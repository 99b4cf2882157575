"""Tools of the repository that the Makefile calls; nothing here is installed."""
