import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readPartEnvironment } from '../../config/settings.ts';

const file = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

const service = z.looseObject({
  image: z.string().optional(),
  build: z.unknown().optional(),
  depends_on: z
    .record(
      z.string(),
      z.object({ condition: z.enum(['service_healthy', 'service_completed_successfully', 'service_started']) }),
    )
    .optional(),
  healthcheck: z.unknown().optional(),
  command: z.union([z.string(), z.array(z.string())]).optional(),
  ports: z.array(z.string()).optional(),
});
const compose = z.looseObject({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.unknown()) });

describe('docker-compose.yml', () => {
  const { services } = compose.parse(parse(file('docker-compose.yml'), { merge: true }));

  it('has every part that a team needs', () => {
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining([
        'postgres',
        'temporal-schema',
        'temporal',
        'temporal-namespace',
        'temporal-ui',
        'mailpit',
        'migrate',
        'api',
        'worker',
      ]),
    );
  });

  it('waits only for parts that exist, and for health only where a health check is defined', () => {
    for (const [name, { depends_on: needs }] of Object.entries(services)) {
      for (const [other, { condition }] of Object.entries(needs ?? {})) {
        expect(services, `${name} needs ${other}`).toHaveProperty(other);
        if (condition === 'service_healthy')
          expect(services[other]?.healthcheck, `${other} is waited for`).toBeDefined();
      }
    }
  });

  it('publishes ports on loopback only, and pins every image', () => {
    for (const { ports, image } of Object.values(services)) {
      for (const port of ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
      if (image !== undefined) expect(image).toMatch(/:(?!latest)\S+$/);
    }
  });

  it('gives each part the settings that it can start with once .env is filled in, and none goes live without being told', () => {
    const filled: Record<string, string> = {
      MAKEGOOD_DB_PASSWORD: 'secret',
      MAKEGOOD_CHANNELS: 'live',
      MAKEGOOD_PUBLIC_URL: 'https://collect.bank.example',
      MAKEGOOD_CODEC_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
      MAKEGOOD_COOKIE_KEY: Buffer.alloc(32, 2).toString('base64'),
    };
    const fromEnvFile = {
      MAKEGOOD_TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      MAKEGOOD_TWILIO_AUTH_TOKEN: 'token',
      MAKEGOOD_TWILIO_FROM: '+12025550100',
      MAKEGOOD_SMTP_URL: 'smtp://mailpit:1025',
      MAKEGOOD_SMTP_FROM: 'care@bank.example',
      MAKEGOOD_OIDC_ISSUER: 'https://login.bank.example',
      MAKEGOOD_OIDC_CLIENT_ID: 'makegood',
      MAKEGOOD_OIDC_CLIENT_SECRET: 'secret',
      MAKEGOOD_LENDER_NAME: 'A Bank',
      MAKEGOOD_LENDER_PHONE: '+12025550100',
      MAKEGOOD_LENDER_EMAIL: 'care@bank.example',
      MAKEGOOD_LENDER_ADDRESS: '1 Main Street, Springfield, OH 45501',
    };
    for (const name of ['api', 'worker'] as const) {
      const environment = z.record(z.string(), z.string()).parse(services[name]?.['environment']);
      expect(environment['MAKEGOOD_CHANNELS']).toMatch(/^\$\{MAKEGOOD_CHANNELS:\?/);
      const given = Object.fromEntries(
        Object.entries(environment).map(([key, text]) => [
          key,
          text.replace(/\$\{(\w+)[^}]*\}/g, (_whole, variable: string) => filled[variable] ?? ''),
        ]),
      );
      const settings = readPartEnvironment({ ...fromEnvFile, ...given });
      expect(settings).toMatchObject({ MAKEGOOD_BIND: '0.0.0.0', MAKEGOOD_CHANNELS: 'live' });
    }
  });

  it('starts files that exist', () => {
    for (const { command } of Object.values(services)) {
      if (!Array.isArray(command) || command[0] !== 'node') continue;
      expect(file(command[1] ?? '')).not.toBe('');
    }
  });
});

describe('Dockerfile', () => {
  it('runs as a user without rights', () => {
    const lines = file('Dockerfile').split('\n');
    const lastUser = lines.findLast((line) => line.startsWith('USER '));
    expect(lastUser).toBe('USER makegood');
  });
});
