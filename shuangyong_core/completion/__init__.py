"""What ends or puts off what is owed: requests decided, work done and closed, and why it is not."""
