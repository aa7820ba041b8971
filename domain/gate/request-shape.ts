import type { ContactRequest, MessageContent, RemedyRequest } from './request.ts';
import { flag, instant, nullable, oneOf, record, text, type Problem } from './shape.ts';
import { CHANNELS, NOTICES, NUMBER_KINDS, PARTIES, PURPOSES, REMEDIES } from './vocabulary.ts';

const content = record<MessageContent>({
  optOutText: flag,
  marketing: flag,
  debtFacts: flag,
  asksScope: flag,
  asksConsentOnly: flag,
  limitedContentOnly: flag,
  miniMiranda: flag,
  threatensSuit: flag,
  rushesDispute: flag,
  publicShortener: flag,
  showsBalance: flag,
  identifiesCaller: flag,
  recordingNotice: flag,
  asksDisputedPart: flag,
  outsideMarks: flag,
  modifiedForm: flag,
  amounts: oneOf('match-ledger', 'differ', 'none'),
  author: oneOf('template', 'person', 'model-unreviewed'),
});

const contactShape = record<ContactRequest>({
  action: oneOf('contact'),
  at: instant,
  channel: oneOf(...CHANNELS),
  purpose: oneOf(...PURPOSES),
  notice: nullable(oneOf(...NOTICES)),
  party: oneOf(...PARTIES),
  debt: text,
  phone: nullable(text),
  email: nullable(text),
  numberKind: oneOf(...NUMBER_KINDS),
  content,
});

const remedyShape = record<RemedyRequest>({ action: oneOf('contact', ...REMEDIES), at: instant, debt: text });

/** Every missing or malformed field of a request, named by its path. */
export function requestProblems(request: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const isContact =
    typeof request === 'object' && request !== null && 'action' in request && request.action === 'contact';
  (isContact ? contactShape : remedyShape)(request, 'request', problems);
  return problems;
}
