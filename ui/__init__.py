"""The parts of the web page: what it shows as HTML, and the Gradio components it is shown in."""
