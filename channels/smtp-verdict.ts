import { z } from 'zod';
import type { MailSendOutcome } from './mailer.ts';

/** What nodemailer hangs on an error. */
const smtpFailure = z.object({
  message: z.string(),
  code: z.string().optional(),
  responseCode: z.number().optional(),
  response: z.string().optional(),
  command: z.string().optional(),
});

/**
 * Judges a failed SMTP call.
 *
 * - No byte of the message was read: the server cannot hold a copy. Refused.
 * - The server answered the final dot with 4yz or 5yz: it has not taken the mail (RFC 5321 §4.2.5). Refused.
 *   Except 421, which a proxy or a server going down says about the connection, not about the mail.
 * - Anything else after the first byte: the gap of RFC 1047. Unknown.
 */
export function judgeSmtpFailure(error: unknown, anyByteRead: boolean): MailSendOutcome {
  const failure = smtpFailure.safeParse(error);
  if (!failure.success) throw error;
  const { message, code, responseCode, response, command } = failure.data;
  const answeredFinalDot = code === 'EMESSAGE' && command === 'DATA' && responseCode !== undefined;
  if (anyByteRead && !(answeredFinalDot && responseCode !== 421)) {
    return { kind: 'unknown', reason: [code, responseCode, command].filter(Boolean).join(' ') || message };
  }
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA' || (code === 'EENVELOPE' && command === 'API');
  return {
    kind: 'refused',
    code: responseCode === undefined ? (code ?? 'not-sent') : String(responseCode),
    enhancedCode: /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})/.exec(response ?? '')?.[1] ?? null,
    message,
    permanent: aboutThisMail && (responseCode === undefined || responseCode >= 500),
  };
}
