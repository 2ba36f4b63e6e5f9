"""What every layer may use: enums, models, notices, errors, translations. It imports no other layer."""
