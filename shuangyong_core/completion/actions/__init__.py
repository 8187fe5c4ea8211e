"""How what is owed ends or is put off; each file is one act."""
