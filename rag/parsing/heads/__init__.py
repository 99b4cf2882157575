"""Heads: the noun, the restriction or the object that an earlier clause or an item's heading lends a clause."""
