"""What is known of acts across the year: as it is read, what stands before, what differs after."""
