import { describe, expect, it } from 'vitest';
import { defaultSendMode, readPartEnvironment, readSettings, SettingsRefused } from '../../config/settings.ts';

const key = Buffer.alloc(32, 7).toString('base64');

/** Everything that live channels need. */
const live = {
  MAKEGOOD_CHANNELS: 'live',
  MAKEGOOD_TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  MAKEGOOD_TWILIO_AUTH_TOKEN: 'token',
  MAKEGOOD_TWILIO_FROM: '+12125551212',
  MAKEGOOD_SMTP_URL: 'smtps://user:password@smtp.bank.com:465',
  MAKEGOOD_SMTP_FROM: 'First Bank <care@bank.com>',
  MAKEGOOD_PUBLIC_URL: 'https://collect.bank.com',
  MAKEGOOD_OIDC_ISSUER: 'https://login.bank.com',
  MAKEGOOD_OIDC_CLIENT_ID: 'makegood',
  MAKEGOOD_LENDER_NAME: 'First Bank',
  MAKEGOOD_LENDER_PHONE: '+12125551212',
  MAKEGOOD_LENDER_EMAIL: 'care@bank.com',
  MAKEGOOD_LENDER_ADDRESS: '1 Main Street, Columbus, OH 43004',
};

function refusalOf(read: () => unknown): Record<string, string> {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsRefused)
      return Object.fromEntries(error.problems.map((each) => [each.name, each.problem]));
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('what a person set', () => {
  it('starts a sandbox on port 8080 with nothing set', () => {
    const settings = readSettings({ PATH: '/bin' });
    expect(settings).toMatchObject({
      MAKEGOOD_CHANNELS: 'sandbox',
      MAKEGOOD_PORT: 8080,
      MAKEGOOD_BOOK_OF_RECORD: 'core',
    });
  });

  it('takes an empty setting as not set', () => {
    expect(readSettings({ MAKEGOOD_PORT: '', DATABASE_URL: ' ' })).toMatchObject({ MAKEGOOD_PORT: 8080 });
  });

  it('refuses an unknown MAKEGOOD_ name and says which was meant', () => {
    const refused = refusalOf(() => readSettings({ MAKEGOOD_CHANELS: 'live', MAKEGOOD_FROBNICATE: '1' }));
    expect(refused['MAKEGOOD_CHANELS']).toContain('did you mean MAKEGOOD_CHANNELS?');
    expect(refused['MAKEGOOD_FROBNICATE']).toBe('is not a setting');
  });

  it('refuses a setting that only the supervisor gives', () => {
    const refused = refusalOf(() => readSettings({ MAKEGOOD_SANDBOX_SMS_URL: 'http://127.0.0.1:1' }));
    expect(refused['MAKEGOOD_SANDBOX_SMS_URL']).toContain('cannot be set by hand');
  });

  it('lists every problem at once: unknown, malformed and missing', () => {
    const refused = refusalOf(() =>
      readSettings({
        MAKEGOOD_NO_SUCH: '1',
        MAKEGOOD_PORT: '99999',
        MAKEGOOD_LENDER_TIME_ZONE: 'Mars/Olympus',
        DATABASE_URL: 'mysql://db/x',
        TEMPORAL_ADDRESS: 'temporal',
        MAKEGOOD_CODEC_KEYS: 'a:c2hvcnQ=',
        MAKEGOOD_OIDC_ISSUER: 'https://login.bank.com',
      }),
    );
    expect(Object.keys(refused).toSorted()).toEqual([
      'DATABASE_URL',
      'MAKEGOOD_CODEC_KEYS',
      'MAKEGOOD_LENDER_TIME_ZONE',
      'MAKEGOOD_NO_SUCH',
      'MAKEGOOD_OIDC_CLIENT_ID',
      'MAKEGOOD_PORT',
      'TEMPORAL_ADDRESS',
    ]);
  });

  it('reads codec keys in order: the first encrypts', () => {
    const { MAKEGOOD_CODEC_KEYS: keys } = readSettings({ MAKEGOOD_CODEC_KEYS: `new:${key}, old:${key}` });
    expect(keys?.map(({ id, key: bytes }) => [id, bytes.length])).toEqual([
      ['new', 32],
      ['old', 32],
    ]);
  });

  it('refuses two codec keys of one name', () => {
    const refused = refusalOf(() => readSettings({ MAKEGOOD_CODEC_KEYS: `a:${key},a:${key}` }));
    expect(refused['MAKEGOOD_CODEC_KEYS']).toContain('twice');
  });

  it('does not start in production on keys that nobody chose', () => {
    expect(Object.keys(refusalOf(() => readSettings({ NODE_ENV: 'production' })))).toEqual([
      'MAKEGOOD_CODEC_KEYS',
      'MAKEGOOD_COOKIE_KEY',
    ]);
    expect(
      readSettings({ NODE_ENV: 'production', MAKEGOOD_CODEC_KEYS: `a:${key}`, MAKEGOOD_COOKIE_KEY: key }).production,
    ).toBe(true);
  });
});

describe('nothing goes live by accident', () => {
  it('stays in the sandbox when keys of a provider are set but live is not', () => {
    const { MAKEGOOD_CHANNELS: _, ...keysOnly } = live;
    expect(readSettings(keysOnly).MAKEGOOD_CHANNELS).toBe('sandbox');
  });

  it('goes live with everything set, and then plans in shadow until somebody says otherwise', () => {
    const settings = readSettings(live);
    expect(settings.MAKEGOOD_CHANNELS).toBe('live');
    expect(defaultSendMode(settings)).toBe('shadow');
    expect(defaultSendMode(readSettings({}))).toBe('on');
  });

  it.each(Object.keys(live).filter((name) => name !== 'MAKEGOOD_CHANNELS'))(
    'refuses live channels without %s',
    (name) => {
      const missing = name === 'MAKEGOOD_TWILIO_FROM' ? 'MAKEGOOD_TWILIO_MESSAGING_SERVICE_SID' : name;
      expect(refusalOf(() => readSettings({ ...live, [name]: undefined }))).toHaveProperty(missing);
    },
  );

  it('refuses live channels on an address without TLS', () => {
    const refused = refusalOf(() => readSettings({ ...live, MAKEGOOD_PUBLIC_URL: 'http://collect.bank.com' }));
    expect(refused['MAKEGOOD_PUBLIC_URL']).toContain('https');
  });

  it('refuses a sending number together with a messaging service', () => {
    const refused = refusalOf(() =>
      readSettings({ ...live, MAKEGOOD_TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}` }),
    );
    expect(refused['MAKEGOOD_TWILIO_FROM']).toContain('conflicts');
  });

  it('refuses a part that is live and knows a sandbox route', () => {
    const given = {
      ...live,
      DATABASE_URL: 'postgres://db/x',
      TEMPORAL_ADDRESS: 't:1',
      MAKEGOOD_CODEC_KEYS: `a:${key}`,
    };
    expect(readPartEnvironment(given).MAKEGOOD_CHANNELS).toBe('live');
    const refused = refusalOf(() =>
      readPartEnvironment({ ...given, MAKEGOOD_SANDBOX_OIDC_URL: 'http://127.0.0.1:1/oidc' }),
    );
    expect(refused['MAKEGOOD_SANDBOX_OIDC_URL']).toContain('sandbox route');
  });
});

describe('what a part is started with', () => {
  it('names what it cannot do without', () => {
    expect(Object.keys(refusalOf(() => readPartEnvironment({})))).toEqual([
      'DATABASE_URL',
      'TEMPORAL_ADDRESS',
      'MAKEGOOD_CODEC_KEYS',
    ]);
    expect(Object.keys(refusalOf(() => readPartEnvironment({}, ['MAKEGOOD_SANDBOX_PORT'])))).toEqual([
      'MAKEGOOD_SANDBOX_PORT',
    ]);
  });
});
