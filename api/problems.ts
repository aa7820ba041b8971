import type { FastifyReply } from 'fastify';
import type { Problem, RefusalCode } from './schemas/problem.ts';

/** Status and title of each refusal (RFC 9457). A refusal that is not here does not compile. */
const refusals: Readonly<Record<RefusalCode, readonly [status: number, title: string]>> = {
  'not-signed-in': [401, 'Sign in first'],
  'session-ended': [401, 'The session has ended'],
  'sign-in-failed': [401, 'Sign-in failed'],
  'not-permitted': [403, 'Your role may not do this'],
  'cross-site-request': [403, 'This request did not come from our own page'],
  'bad-signature': [403, 'The signature is missing or wrong'],
  'too-many-requests': [429, 'Too many requests'],
  malformed: [400, 'The request is malformed'],
  'not-found': [404, 'Not found'],
  'not-built': [404, 'This part is not in this build'],
  'idempotency-key-missing': [400, 'An Idempotency-Key header is needed'],
  'idempotency-key-reused': [422, 'This Idempotency-Key came with another body before'],
  'request-in-progress': [409, 'The same request is still being worked on'],
  'sandbox-only': [404, 'Only the sandbox has this'],
  'sandbox-unreachable': [502, 'The sandbox does not answer'],
  'payload-too-large': [413, 'The body is too large'],
  'loan-closed': [409, 'The loan is closed'],
  'amount-above-balance': [409, 'The amount is above what is owed'],
  'card-declined': [402, 'The card was declined'],
  'payment-not-pending': [409, 'The payment is no longer pending'],
  'payment-already-returned': [409, 'The payment has been returned already'],
  'unknown-return-code': [422, 'This return code is not known'],
  'promise-date-past': [422, 'The promised date has passed'],
  'promise-date-too-far': [422, 'The promised date is too far ahead'],
  'promise-above-balance': [422, 'The promise is above what is owed'],
  'promise-not-open': [409, 'The promise is not open'],
  'legal-stop': [409, 'A legal stop stands'],
  'hold-already-lifted': [409, 'The hold has been lifted already'],
  'review-date-past': [422, 'The review date has passed'],
  'review-date-too-far': [422, 'The review date is too far ahead'],
  'item-not-open': [409, 'The item is no longer open'],
  'item-leased-by-other': [409, 'Somebody else works on this item'],
  'item-not-a-call': [409, 'The item is not a call task'],
  'item-not-an-approval': [409, 'The item is not an approval'],
  'item-not-a-reply': [409, 'The item is not a reply'],
  'item-not-unconfirmed': [409, 'The item is not an unconfirmed message'],
  'item-has-its-own-outcome': [409, 'This kind of item ends by its own outcome'],
  'nothing-due': [404, 'Nothing is due'],
  'own-request': [403, 'Nobody approves their own request'],
  'already-voted': [409, 'You have voted already'],
  'unknown-label': [422, 'This label is not known'],
  'fact-in-the-future': [422, 'The day is in the future'],
  'not-overridable': [409, 'This refusal cannot be set aside'],
  'already-overridden': [409, 'It has been set aside already'],
  'decision-not-waiting': [409, 'Nothing waits because of this decision'],
  'already-lifted': [409, 'Lifted already'],
  'lift-needs-another-person': [403, 'Somebody else must confirm the lift'],
  'mode-needs-pilot-maximum': [422, 'A pilot needs a daily maximum'],
  'mode-not-available': [409, 'This mode is not available here'],
  'not-quarantined': [409, 'The file set is not in quarantine'],
  'columns-missing': [409, 'A required column is missing'],
  'reason-needed': [422, 'A reason is needed'],
  'own-import': [403, 'Whoever brought a set does not decide about it'],
  'mapping-invalid': [422, 'The mapping cannot stand'],
  'mapping-unknown': [404, 'No mapping is saved under this name'],
  'file-refused': [422, 'A file cannot be taken'],
  'policy-not-draft': [409, 'The policy version is not a draft'],
  'policy-invalid': [422, 'The policy is not valid'],
  'approver-is-proposer': [403, 'Who proposed a policy does not approve it'],
  'letter-not-waiting': [409, 'The letter no longer waits in the print queue'],
  'letter-not-released': [409, 'The letter was never released to print'],
  'letter-unknown-class': [422, 'The letter was not released in this class'],
  'letter-before-release': [422, 'The day of mailing is before the day of release'],
  'letter-in-the-future': [422, 'The day of mailing is in the future'],
  'letter-other-date-on-file': [
    409,
    'Another day of mailing is on file; a law counts from it, so it is not overwritten',
  ],
  'letter-not-mailed': [409, 'The letter was not mailed, so it cannot have come back'],
  'instant-past': [422, 'The instant has passed'],
  'advance-in-progress': [409, 'The time machine is already moving'],
  'link-unknown': [404, 'The link is not known'],
  'link-ended': [410, 'The link has ended'],
  'verification-failed': [422, 'That does not match what we have'],
  'verification-locked': [429, 'Too many tries'],
  'not-verified': [403, 'Please confirm who you are first'],
  'not-a-document': [422, 'Only PDF, PNG and JPEG files are kept'],
  'setting-invalid': [409, 'A setting of the lender cannot be read'],
};

export interface RefusalParts {
  code: RefusalCode;
  detail?: string | undefined;
  facts?: Problem['facts'] | undefined;
  errors?: Problem['errors'] | undefined;
}

export function problemOf(parts: RefusalParts): Problem {
  const [status, title] = refusals[parts.code];
  return {
    type: `urn:makegood:refusal:${parts.code}`,
    title,
    status,
    detail: parts.detail ?? title,
    code: parts.code,
    ...(parts.errors === undefined ? {} : { errors: parts.errors }),
    ...(parts.facts === undefined ? {} : { facts: parts.facts }),
  };
}

/** Answers with the refusal. Serialised here: a problem has one shape whatever the route's own schema says. */
export function refuse(reply: FastifyReply, parts: RefusalParts): FastifyReply {
  const problem = problemOf(parts);
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problem);
}
