"""Every quantitative statement of a report: value, unit, subject, period and status. The door is `read_indicators`."""
