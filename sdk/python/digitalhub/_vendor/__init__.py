"""Code of others that the package carries, each folder with its licence."""
