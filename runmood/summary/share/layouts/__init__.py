"""One page, laid out three ways: characters to read before it leaves, HTML, PDF. All sentences are made before."""
