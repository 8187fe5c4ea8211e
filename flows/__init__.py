"""Door of time: the flows Prefect runs; each is a loop that can be read aloud."""
