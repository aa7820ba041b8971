import { z } from 'zod';

/** Shapes of single settings: text in, value out, and a message that says what is wanted. */

export const port = z
  .string()
  .regex(/^\d+$/, 'must be a port number')
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535, 'must be a port number from 1 to 65535');

export const ipAddress = z.union([z.ipv4(), z.ipv6()], 'must be an IP address');

export const httpUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an http or https URL')
  .transform((text) => text.replace(/\/+$/, ''));

export const smtpUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol),
    'must be an smtp:// or smtps:// URL',
  );

export const postgresUrl = z
  .string()
  .refine(
    (text) =>
      URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol) && new URL(text).pathname.length > 1,
    'must be a URL like postgres://user:password@host:5432/database',
  );

export const hostAndPort = z.string().regex(/^(\[[0-9a-fA-F:]+\]|[^\s:/]+):\d{1,5}$/, 'must be host:port');

export const e164 = z.string().regex(/^\+[1-9]\d{7,14}$/, 'must be a number like +12025550123');

/** An address alone or with a display name: `First Bank <care@bank.com>`. */
export const mailbox = z
  .string()
  .regex(/^(?:[^<>]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/, 'must be an e-mail address');

export const timeZone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'must be an IANA time zone like America/New_York');

/** A key that encrypts Temporal payloads, and the name it is stored under. */
export type CodecKey = { id: string; key: Buffer };

export const codecKeys = z.string().transform((text, context): CodecKey[] => {
  const keys: CodecKey[] = [];
  for (const part of text.split(',')) {
    const match = /^([A-Za-z0-9._-]{1,40}):([A-Za-z0-9+/_-]+={0,2})$/.exec(part.trim());
    const [, id, encoded] = match ?? [];
    const key = Buffer.from(encoded ?? '', 'base64');
    if (id === undefined || key.length !== 32) {
      context.addIssue({ code: 'custom', message: 'must be id:KEY[,id:KEY…] where KEY is base64 of 32 bytes' });
      return z.NEVER;
    }
    if (keys.some((known) => known.id === id)) {
      context.addIssue({ code: 'custom', message: `names the key "${id}" twice` });
      return z.NEVER;
    }
    keys.push({ id, key });
  }
  return keys;
});

export const cookieKey = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]+={0,2}$/, 'must be base64')
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length >= 32, 'must be base64 of at least 32 bytes');

export const channels = z.enum(['sandbox', 'live'], 'must be sandbox or live');
export const sendMode = z.enum(['off', 'shadow', 'pilot', 'on'], 'must be off, shadow, pilot or on');
export const bookOfRecord = z.enum(['core', 'makegood'], 'must be core or makegood');
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export const logLevel = z.enum(levels, `must be one of ${levels.join(', ')}`);
