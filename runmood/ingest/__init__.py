"""Import: files are discovered, taken out of archives, read on both cores and saved in the warehouse."""
