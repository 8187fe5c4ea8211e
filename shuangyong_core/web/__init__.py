"""The door for people: pages and forms. It translates, makes one call, translates back."""
