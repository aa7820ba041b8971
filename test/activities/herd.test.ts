import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { runHerd } from '../support/herd.ts';

const CAP = 20;
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ timing: { textsPerSecond: CAP } });
});
afterAll(() => desk.close());

it('of due texts goes one by one: nobody twice, nobody forgotten, and no second holds more than the number may carry', async () => {
  const herd = await runHerd(desk, 150);
  expect(herd).toMatchObject({ texts: 150, twice: 0 });
  expect(herd.mostInAnySecond).toBeLessThanOrEqual(CAP);
}, 180_000);
