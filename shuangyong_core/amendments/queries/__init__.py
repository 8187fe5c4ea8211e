"""What is known of amendments: a file as it is read, what stands before, what differs after."""
