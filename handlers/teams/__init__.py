"""Everything dpbot knows of Microsoft Teams: what it hears, answers and sends there."""
