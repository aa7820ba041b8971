import type { Pool } from './pool.ts';

/** Gives a mode to the channels nobody has set yet: `on` in the sandbox, `shadow` with real keys. */
export async function setDefaultSendModes(pool: Pool, mode: 'off' | 'shadow' | 'pilot' | 'on'): Promise<void> {
  await pool.query(
    `insert into send_mode (channel, product, mode, actor) select c, '*', $1, 'start' from unnest('{sms,email,letter}'::text[]) c on conflict do nothing`,
    [mode],
  );
}
