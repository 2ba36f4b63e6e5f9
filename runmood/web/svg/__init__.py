"""What the pages draw: months, routes, courses of a run, and QR codes."""
