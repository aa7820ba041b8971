import { z } from 'zod';
import { Id, Instant } from './common.ts';

/**
 * GET /api/events (text/event-stream). Each message: `id:` the number of the timeline row, `event: news`, `data:` this.
 * Reconnecting with Last-Event-ID resumes; more than 1,000 missed rows come as one `event: reload`. `event: clock`
 * (sandbox) carries `{businessNow}` whenever the time machine ticks. What one may not see is not sent.
 */
export const News = z.object({
  id: z.int(),
  kind: z.string(),
  at: Instant,
  loanId: Id.nullable(),
  caseId: Id.nullable(),
  personId: Id.nullable(),
  title: z.string(),
});
export type News = z.infer<typeof News>;
export const ClockNews = z.object({ businessNow: Instant });
export type ClockNews = z.infer<typeof ClockNews>;
