"""Every way the cascade can change; each file is one act."""
