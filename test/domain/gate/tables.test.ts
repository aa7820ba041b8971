import { describe, expect, test } from 'vitest';
import { isZone } from '../../../domain/calendar/zones.ts';
import { isFreeMail } from '../../../domain/gate/data/free-mail.ts';
import { statesOfAreaCode, zoneOfZip, zonesOfAreaCode } from '../../../domain/gate/index.ts';

describe('area codes', () => {
  test.each([
    ['928', ['America/Denver', 'America/Phoenix'], 'AZ'],
    ['480', ['America/Phoenix'], 'AZ'],
    ['850', ['America/Chicago', 'America/New_York'], 'FL'],
    ['208', ['America/Boise', 'America/Los_Angeles'], 'ID'],
    ['541', ['America/Boise', 'America/Los_Angeles'], 'OR'],
    ['212', ['America/New_York'], 'NY'],
    ['808', ['Pacific/Honolulu'], 'HI'],
    ['671', ['Pacific/Guam'], 'GU'],
    ['748', ['America/Denver'], 'CO'],
  ])('%s reaches %j in %s', (npa, zones, state) => {
    expect([zonesOfAreaCode(npa), statesOfAreaCode(npa)]).toEqual([zones, [state]]);
  });
  test('907 reaches Anchorage and Adak; 812 and 574 both sides of Indiana’s line', () => {
    expect(zonesOfAreaCode('907')).toEqual(expect.arrayContaining(['America/Anchorage', 'America/Adak']));
    for (const npa of ['812', '574'])
      expect(zonesOfAreaCode(npa)).toEqual(expect.arrayContaining(['America/Chicago', 'America/Indiana/Indianapolis']));
  });
  test('toll-free, Canadian and unheard-of codes have no state; unheard-of ones no zone', () => {
    expect([statesOfAreaCode('416'), zonesOfAreaCode('416')]).toEqual([[], ['America/Toronto']]);
    expect(['800', '000', '', '9'].map((npa) => zonesOfAreaCode(npa))).toEqual([[], [], [], []]);
    expect(statesOfAreaCode('800')).toEqual([]);
  });
  test('every zone of the table is a zone, and some 370 codes are known', () => {
    const codes = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, '0')).filter(
      (npa) => zonesOfAreaCode(npa).length > 0,
    );
    expect(codes.length).toBeGreaterThan(370);
    expect(codes.flatMap((npa) => zonesOfAreaCode(npa)).filter((zone) => !isZone(zone))).toEqual([]);
  });
});

describe('ZIP codes', () => {
  test.each([
    ['10001', 'America/New_York'],
    ['86503', 'America/Denver'], // Chinle, Navajo Nation
    ['85001', 'America/Phoenix'],
    ['99546', 'America/Adak'],
    ['46534', 'America/Indiana/Knox'],
    ['32401', 'America/Chicago'],
    ['96913', 'Pacific/Guam'],
    ['00601', 'America/Puerto_Rico'],
    ['00501', 'America/New_York'], // the first code of all
    ['99950', 'America/Sitka'], // the last
  ])('%s is in %s', (zip, zone) => {
    expect(zoneOfZip(zip)).toBe(zone);
  });
  test('ZIP+4 in either writing', () => {
    expect(['86503-1234', '865031234'].map(zoneOfZip)).toEqual(['America/Denver', 'America/Denver']);
  });
  test('military mail, unknown codes and what is no ZIP have no zone', () => {
    expect(['09012', '34012', '96201', '00000', '99999', 'abcde', '1234', '12345-', ''].map(zoneOfZip)).toEqual(
      Array.from({ length: 9 }, () => null),
    );
  });
  test('every zone of the table is a zone', () => {
    const zones = new Set(Array.from({ length: 100_000 }, (_, i) => zoneOfZip(String(i).padStart(5, '0'))));
    zones.delete(null);
    expect(zones.size).toBeGreaterThan(35);
    expect([...zones].filter((zone) => zone === null || !isZone(zone))).toEqual([]);
  });
});

test('free-mail domains are known whatever the case; a company’s, or no address, is not', () => {
  expect(['a@gmail.com', 'A@Yahoo.COM', 'x@y@comcast.net'].map(isFreeMail)).toEqual([true, true, true]);
  expect(['a@acme.example', 'a@notgmail.com', '', null].map(isFreeMail)).toEqual([false, false, false, false]);
});
