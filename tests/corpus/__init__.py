"""Bad input as files: what people send, and the verdict every channel must give."""
