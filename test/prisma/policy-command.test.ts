import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { upsertStaff } from '../../prisma/staff.ts';
import { aLoan, aPerson, anOpenCase } from '../support/builders.ts';
import { aCommandHome } from '../support/command.ts';
import type { CommandHome } from '../support/command.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

let desk: Desk;
let command: CommandHome;
beforeAll(async () => {
  desk = await openDesk();
  command = aCommandHome({ DATABASE_URL: desk.databaseUrl });
  for (const [name, role] of [['Morgan', 'manager'], ['Chris', 'compliance'], ['Max', 'compliance'], ['Casey', 'collector']] as const) // prettier-ignore
    await upsertStaff(desk.pool, { subject: name, name, email: `${name.toLowerCase()}@firstbank.example`, role, team: null, customerNumber: null }); // prettier-ignore
});
afterAll(async () => {
  command.remove();
  await desk.close();
});

interface Step {
  id: string;
  day: number;
}

function edited(name: string, change: (steps: Step[]) => void): string {
  const policy = JSON.parse(readFileSync(new URL('../../policies/auto.json', import.meta.url), 'utf8')) as {
    steps: Step[];
  };
  change(policy.steps);
  const file = join(command.home, name);
  writeFileSync(file, JSON.stringify(policy));
  return file;
}

const publish = (file: string, by: string, ...more: string[]): ReturnType<CommandHome['makegood']> =>
  command.makegood('policy', 'publish', file, '--by', `${by}@firstbank.example`, '--json', ...more);
const versions = async (): Promise<unknown> =>
  (await desk.pool.query(`select version, status from policy_version where policy = 'auto' order by version`)).rows;

it('two persons publish a policy; the first sees which open accounts would go on differently', async () => {
  const person = await aPerson(desk.pool);
  const loanId = await aLoan(desk.pool, person.personId, { daysPastDue: 2 });
  await anOpenCase(desk.pool, loanId);
  const file = edited('auto.json', (steps) => {
    for (const step of steps) if (step.id === 'sms-1') step.day = 4;
  });

  const looked = await publish(file, 'chris', '--dry-run');
  expect(JSON.parse(looked.out)).toMatchObject({ status: 'dry-run', version: null, preview: { looked: 1 } });
  expect(await versions()).toEqual([{ version: 1, status: 'published' }]);

  const first = JSON.parse((await publish(file, 'chris')).out) as {
    preview: { changes: unknown[]; accounts: unknown[] };
  };
  expect(first).toMatchObject({ policy: 'auto', version: 2, status: 'draft' });
  expect(first.preview.changes).toEqual([expect.objectContaining({ kind: 'changed', id: 'sms-1', field: 'day', before: '3', after: '4' })]); // prettier-ignore
  expect(first.preview.accounts).toHaveLength(1);

  const same = await publish(file, 'chris');
  expect(same).toMatchObject({ code: 1, error: expect.stringContaining('It takes two') });
  expect(await versions()).toEqual([{ version: 1, status: 'published' }, { version: 2, status: 'draft' }]); // prettier-ignore

  expect(JSON.parse((await publish(file, 'max')).out)).toMatchObject({ version: 2, status: 'published' });
  expect(await versions()).toEqual([{ version: 1, status: 'retired' }, { version: 2, status: 'published' }]); // prettier-ignore
  const { rows } = await desk.pool.query('select policy_version from collection_case where loan_id = $1', [loanId]);
  expect(rows, 'an open case stays on the version it is pinned to').toEqual([{ policy_version: 1 }]);
});

it('refuses a stranger, one without the right, and a policy from which law was edited away', async () => {
  const file = edited('later.json', (steps) => {
    for (const step of steps) if (step.id === 'sms-1') step.day = 5;
  });
  expect(await publish(file, 'nobody')).toMatchObject({
    code: 1,
    error: expect.stringContaining('nobody of the staff'),
  });
  expect(await publish(file, 'casey')).toMatchObject({ code: 1, error: expect.stringContaining('may not propose') });
  const unlawful = edited('unlawful.json', (steps) => {
    steps.splice(steps.findIndex(({ id }) => id === 'right-to-cure'), 1); // prettier-ignore
  });
  expect(await publish(unlawful, 'chris')).toMatchObject({ code: 1, error: expect.stringContaining('right-to-cure') });
});
