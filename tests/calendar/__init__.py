"""The calendar: working days, due rules, holiday notices."""
