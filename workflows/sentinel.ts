import { condition } from '@temporalio/workflow';

/** Lives for ever and does nothing: its run id, kept in Postgres, tells whether this is still the same workflow store. */
export async function sentinel(): Promise<void> {
  await condition(() => false);
}
