"""Tools for assistants (Model Context Protocol): six questions to the stored claims, each answer with its evidence."""
