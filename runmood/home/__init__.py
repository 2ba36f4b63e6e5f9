"""A runner's home: what stands where, what its settings say, and the lock for those who write."""
