"""An article to its passages: blocks, roles, bylines, datelines, furniture."""
