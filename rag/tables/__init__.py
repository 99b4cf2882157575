"""Stored figures side by side: one subject across towns and years, as rows, spreadsheets and a chart. The door is
`compare`."""
