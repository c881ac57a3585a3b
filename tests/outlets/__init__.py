"""What machines read: feeds, sitemaps, structured data, open data, on one built site."""
