"""When cron expressions fire, found without a cron library and without arithmetic on time zones: minute by minute.

The rule. Walk through real time, one minute after the other, and look at the clock on a wall in the zone.

1. An expression that names all 24 hours goes with the clock: it fires in every minute in which the clock shows a time that
   it names.
2. Any other expression fires once for each time that it names on the calendar:
   a. in the first minute in which the clock shows that time, and not again if the clock shows it once more;
   b. if the clock jumps over that time, in the first minute after the jump; once, however many times it jumped over.

The calendar: a day is named if its month is, and its day of the month or of the week: both if one of them is `*`, and
otherwise one is enough. `L` is the last day of the month, `5#2` the second Friday, `5L` the last.

Reads {"zones", "from", "to", "margin", "expressions", "stretches"} as JSON from standard input: finds all jumps of the zones
between two instants (seconds), and what fires from `margin` before each jump until `margin` after it; jumps that are alike
are walked through once. `stretches` are walked through as well, whether there is a jump or not.
"""

import calendar
import json
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
NAMES = {name: str(number) for number, name in enumerate("sun mon tue wed thu fri sat".split())}
MONTHS = {name: str(number + 1) for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}
NICKNAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
}


def numbers(field, least, most, names=None):
    found = set()
    for part in field.split(","):
        part, _, step = part.partition("/")
        first, _, last = part.partition("-")
        first, last = (names or {}).get(first, first), (names or {}).get(last, last)
        if first in ("*", "?"):
            low, high = least, most
        else:
            low, high = int(first), int(last or first)
        found.update(range(low, high + 1, int(step or 1)))
    return found


class Expression:
    """Five fields, six with `0` for the seconds first, or seven with the year last."""

    def __init__(self, text):
        fields = NICKNAMES.get(text, text).lower().split()
        year = fields.pop() if len(fields) == 7 else "*"
        if len(fields) == 6 and fields.pop(0) != "0":
            raise ValueError("this oracle knows no seconds")
        minute, hour, self.day, month, self.weekday = fields
        self.years = numbers(year, 1970, 2099)
        self.months = numbers(month, 1, 12, MONTHS)
        self.minutes = numbers(minute, 0, 59)
        self.hours = numbers(hour, 0, 23)
        self.goes_with_the_clock = len(self.hours) == 24

    def names_day(self, local):
        if local.month not in self.months or local.year not in self.years:
            return False
        is_day, is_weekday = self.is_day(local), self.is_weekday(local)
        if self.day in "*?" or self.weekday in "*?":
            return is_day and is_weekday
        return is_day or is_weekday

    def is_day(self, local):
        if self.day == "l":
            return local.day == calendar.monthrange(local.year, local.month)[1]
        return local.day in numbers(self.day, 1, 31)

    def is_weekday(self, local):
        weekday = local.isoweekday() % 7
        if "#" in self.weekday:
            day, _, place = self.weekday.partition("#")
            return weekday == int(NAMES.get(day, day)) % 7 and (local.day - 1) // 7 + 1 == int(place)
        if self.weekday.endswith("l"):
            is_last = local.day + 7 > calendar.monthrange(local.year, local.month)[1]
            return weekday == int(self.weekday[:-1]) % 7 and is_last
        return weekday in {day % 7 for day in numbers(self.weekday, 0, 6, NAMES)}


def shown(zone, second):
    return datetime.fromtimestamp(second, zone).replace(tzinfo=None, fold=0)


def walk(zone, begin, end, expressions):
    """What fires from `begin` (left out) to `end` (included), by the rule above."""
    fires = [[] for _ in expressions]
    at = {}
    for place, expression in enumerate(expressions):
        for time in ((hour, minute) for hour in expression.hours for minute in expression.minutes):
            at.setdefault(time, []).append((place, expression))
    # Some hours before: what the clock showed then, it shows for the second time now.
    second = begin - 4 * 3600
    before = shown(zone, second)
    seen = {before}
    while second < end:
        second += 60
        local = shown(zone, second)
        due = set()
        while before + MINUTE < local:
            before += MINUTE
            for place, expression in at.get((before.hour, before.minute), ()):
                if not expression.goes_with_the_clock and expression.names_day(before):
                    due.add(place)
        for place, expression in at.get((local.hour, local.minute), ()):
            if (expression.goes_with_the_clock or local not in seen) and expression.names_day(local):
                due.add(place)
        seen.add(local)
        before = local
        if second > begin:
            for place in due:
                fires[place].append(second)
    return fires


def offset(zone, second):
    return int(datetime.fromtimestamp(second, zone).utcoffset().total_seconds())


def jumps(zone, begin, end):
    """All changes of the zone's offset: [second, before, after]."""
    found, step = [], 2 * 86400
    second, before = begin, offset(zone, begin)
    while second < end:
        after = offset(zone, second + step)
        if after != before:
            early, late = second, second + step
            while late - early > 1:
                middle = (early + late) // 2
                if offset(zone, middle) == before:
                    early = middle
                else:
                    late = middle
            found.append([late, before, after])
        second, before = second + step, after
    return found


def main():
    asked = json.load(sys.stdin)
    expressions = [Expression(text) for text in asked["expressions"]]
    margin = asked["margin"]
    zones, walked = {}, {}
    for name in asked["zones"]:
        zone = ZoneInfo(name)
        zones[name] = jumps(zone, asked["from"], asked["to"])
        for jump in zones[name]:
            key = " ".join(map(str, jump))
            if key not in walked:
                walked[key] = walk(zone, jump[0] - margin, jump[0] + margin, expressions)
    stretches = [
        walk(ZoneInfo(name), begin, end, [Expression(text) for text in texts])
        for name, begin, end, texts in asked["stretches"]
    ]
    json.dump({"zones": zones, "jumps": walked, "stretches": stretches}, sys.stdout)


main()
