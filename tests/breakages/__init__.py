"""The tests themselves put to the test: `python -m tests.breakages` takes one safeguard out of a copy of the program at a
time, runs the tests that watch over it, and prints which of them noticed. It ends with 1 when one did not.

`python -m tests.breakages lock` breaks only what has this word in its name. test_breakages.py keeps the list in step.
"""

from tests.breakages.doors import DOORS
from tests.breakages.keeping import KEEPING
from tests.breakages.staff import STAFF
from tests.breakages.words import WORDS

BREAKAGES = (*KEEPING, *DOORS, *WORDS, *STAFF)
