import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

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
