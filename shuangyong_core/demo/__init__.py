"""The demo year of the invented 临江区, played through the same actions that users call."""
