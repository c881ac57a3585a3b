"""The nouns of Loa: document, kinds, site, source, problem. Knows no network and no Pelican."""
