"""Tables of enterprises: templates, uploads read cell by cell, results to take away."""
