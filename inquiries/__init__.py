"""What people ask of the stored claims: they ask the database and lay side by side what they found."""
