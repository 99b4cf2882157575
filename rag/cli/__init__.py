"""The command line, the MCP tools and the doctor: what a person or a program asks for, given to the packages above.
The door is `main.run`; `app.py` adds the commands of the page."""
