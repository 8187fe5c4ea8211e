"""Launches through a real Prefect, and the processes of one machine."""
