"""How messages leave: mails, and messages that are posted to web addresses."""
