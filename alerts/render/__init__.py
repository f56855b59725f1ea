"""alerts.render: digests and packs as mail, plain text and DOCX. Nothing here decides what is told."""
