"""Who may open which page: access, pairing of phones, and requests that are really ours."""
