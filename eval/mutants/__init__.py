"""False claims made from true ones, which verification has to notice."""
