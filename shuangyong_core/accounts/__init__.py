"""Who may act: users, their roles on subtrees, tokens as actors of their own, sessions."""
