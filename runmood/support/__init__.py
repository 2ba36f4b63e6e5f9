"""Who is there to listen: a calm panel for the person who wrote, and for nobody else."""
