import { z } from 'zod';
import type { MailLookUp } from './mailer.ts';

const TIMEOUT_MS = 10_000;
const answerShape = z.object({ ids: z.array(z.string()) });

/** Asks the sandbox's mail server whether it took a mail. A real relay's log is asked in a like way, where it has one. */
export function sandboxMailLookUp(controlUrl: string): MailLookUp {
  return async (messageId) => {
    try {
      const query = new URLSearchParams({ messageId });
      const answer = await fetch(`${controlUrl}/mails?${query.toString()}`, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'error',
      });
      if (!answer.ok) return { kind: 'no-answer', reason: `status ${answer.status}` };
      const [providerId] = answerShape.parse(await answer.json()).ids;
      return providerId === undefined ? { kind: 'absent' } : { kind: 'found', providerId };
    } catch (error) {
      return { kind: 'no-answer', reason: String(error) };
    }
  };
}
