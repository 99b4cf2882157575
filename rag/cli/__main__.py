"""`python -m rag.cli`: the command line without the page."""

from rag.cli.main import main

main()
