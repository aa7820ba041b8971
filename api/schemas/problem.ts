import { z } from 'zod';

/** Every reason for which a request may be refused. A closed union: each has one status and one title in api/problems.ts. */
export const RefusalCode = z.enum([
  // who asks
  'not-signed-in',
  'session-ended',
  'sign-in-failed',
  'not-permitted',
  'cross-site-request',
  'bad-signature',
  'too-many-requests',
  // what was asked
  'malformed',
  'not-found',
  'not-built',
  'idempotency-key-missing',
  'idempotency-key-reused',
  'request-in-progress',
  'sandbox-only',
  'sandbox-unreachable',
  'payload-too-large',
  // money
  'loan-closed',
  'amount-above-balance',
  'card-declined',
  'payment-not-pending',
  'payment-already-returned',
  'unknown-return-code',
  // promises
  'promise-date-past',
  'promise-date-too-far',
  'promise-above-balance',
  'promise-not-open',
  'legal-stop',
  // holds
  'hold-already-lifted',
  'review-date-past',
  'review-date-too-far',
  // work
  'item-not-open',
  'item-leased-by-other',
  'item-not-a-call',
  'item-not-an-approval',
  'item-not-a-reply',
  'item-not-unconfirmed',
  'item-has-its-own-outcome',
  'nothing-due',
  'own-request',
  'already-voted',
  'unknown-label',
  // switches, modes, files, policies
  'fact-in-the-future',
  'not-overridable',
  'already-overridden',
  'decision-not-waiting',
  'already-lifted',
  'lift-needs-another-person',
  'mode-needs-pilot-maximum',
  'mode-not-available',
  'not-quarantined',
  'columns-missing',
  'reason-needed',
  'own-import',
  'mapping-invalid',
  'mapping-unknown',
  'file-refused',
  'policy-not-draft',
  'policy-invalid',
  'approver-is-proposer',
  // letters
  'letter-not-waiting',
  'letter-not-released',
  'letter-unknown-class',
  'letter-before-release',
  'letter-in-the-future',
  'letter-other-date-on-file',
  'letter-not-mailed',
  // the clock
  'instant-past',
  'advance-in-progress',
  // the borrower's page
  'link-unknown',
  'link-ended',
  'verification-failed',
  'verification-locked',
  'not-verified',
  // documents
  'not-a-document',
  'setting-invalid',
]);
export type RefusalCode = z.infer<typeof RefusalCode>;

/** RFC 9457 problem details. `code` is the refusal; `errors` names each bad field; `facts` carries what a person needs to act. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: RefusalCode,
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
