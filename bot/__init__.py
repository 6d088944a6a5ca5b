"""The Telegram side: doors, words sent, documents, the demo. Knows the engine and the tables; decides nothing."""

import os

# Before telegram is imported: without it PTB warns at each 429; with it a pause is a timedelta everywhere.
os.environ.setdefault("PTB_TIMEDELTA", "true")
