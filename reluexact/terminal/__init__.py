"""Options, screen and text that the commands share."""
