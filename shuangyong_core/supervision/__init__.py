"""What is behind and who is told, what is asked beside the plan, what comes up unasked."""
