"""Another day and another disk, for a build that must not notice: put this folder on PYTHONPATH.

The clock is years ahead, and folders list their files in the opposite order.
"""

import datetime
import os
import time

AHEAD = 5 * 365 * 86_400 + 12_345
_time, _time_ns, _localtime, _gmtime, _strftime = time.time, time.time_ns, time.localtime, time.gmtime, time.strftime
_listdir, _scandir = os.listdir, os.scandir


class _Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    today = now

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)


class _LaterDay(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


class _Backwards:
    def __init__(self, *path):
        with _scandir(*path) as entries:
            self._entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def close(self):
        pass


time.time = lambda: _time() + AHEAD
time.time_ns = lambda: _time_ns() + AHEAD * 10**9
time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
time.strftime = lambda form, at=None: _strftime(form, at or time.localtime())
datetime.datetime, datetime.date = _Later, _LaterDay
os.listdir = lambda *path: sorted(_listdir(*path), reverse=True)
os.scandir = _Backwards
if os.environ.get("CASEBOOK_SAY_WHEN"):
    print(datetime.date.today().year, datetime.datetime.now().year, os.listdir("/") == sorted(_listdir("/"))[::-1])
