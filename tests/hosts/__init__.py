"""Pages of other agencies, hostile ones among them, that carry every widget and a banner."""
