"""What puts documents out: a package a capability. A plugin imports `model`, never a sibling."""
