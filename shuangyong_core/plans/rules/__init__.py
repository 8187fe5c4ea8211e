"""What a plan may say and when its dates fall; pure, all problems at once."""
