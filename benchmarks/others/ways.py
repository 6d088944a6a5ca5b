"""The ways that are compared, in the order of the table."""

from benchmarks.others.dialogs import IN_MEMORY, ON_REDIS
from benchmarks.others.pickled import PICKLED
from benchmarks.others.sqlmodel_session import SQLMODEL

WAYS = (PICKLED, SQLMODEL, IN_MEMORY, ON_REDIS)
