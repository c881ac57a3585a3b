"""What `python -m model check` says about a site's files: every problem at once, with the cure.

`site.py` goes through a site, `rules.py` names the checks beyond single fields (each a small module
beside it), `context.py` answers their questions about the rest of the site, `changed.py` asks git
what a commit touches and `report.py` prints for people, programs and code review.
"""
