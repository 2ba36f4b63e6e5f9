"""Ground floor: the shared words. Every room may enter here; nothing here knows of any room."""
