"""The desk's tools for other people's assistants, over the Model Context Protocol."""
