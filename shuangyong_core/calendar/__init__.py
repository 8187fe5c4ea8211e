"""Working days, festivals and due rules, and the holiday notices they stand on."""
