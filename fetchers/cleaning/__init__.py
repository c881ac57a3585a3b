"""Pure text work of the fetchers: dates, links, text from HTML. No files, clock or sockets."""
