"""Tables of certified sites that people bring, read cell by cell, or simulated."""
