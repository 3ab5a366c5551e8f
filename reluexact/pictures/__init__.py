"""The frame of pictures."""
