"""How folded values are judged and written: one light table, one rounding."""
