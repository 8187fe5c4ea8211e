"""The door for scripts: every call, what it refuses, and the client that wraps it."""
