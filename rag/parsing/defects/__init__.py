"""What is wrong with a file: each kind of defect in a file of its own. The door is `find`."""
