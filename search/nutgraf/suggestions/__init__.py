"""What helps who found little, and completion."""
