import type { Channel, Notice, NumberKind, Party, Purpose, Remedy } from './vocabulary.ts';

/** What the rendered message holds, as its template declares and its renderer confirms. Nothing is assumed. */
export type MessageContent = {
  /** A clear way to opt out of this number or address (1006.6(e); CTIA). */
  optOutText: boolean;
  /** Any offer: refinance, card, insurance. */
  marketing: boolean;
  debtFacts: boolean;
  /** An opt-out confirmation that asks which messages to stop. */
  asksScope: boolean;
  /** A consent request that carries nothing but the request. */
  asksConsentOnly: boolean;
  /** A voicemail with the limited content of 1006.2(j) and nothing else. */
  limitedContentOnly: boolean;
  miniMiranda: boolean;
  threatensSuit: boolean;
  /** Text that hurries or contradicts the right to dispute ("pay within ten days"). */
  rushesDispute: boolean;
  /** A link through a public shortener. */
  publicShortener: boolean;
  showsBalance: boolean;
  /** Who calls is said at the start (1006.14(g)). Calls, prerecorded calls and voicemails. */
  identifiesCaller: boolean;
  /** The recording notice is said at the start of a call. */
  recordingNotice: boolean;
  /** It asks for money that the borrower disputes. */
  asksDisputedPart: boolean;
  /** A postcard, or an envelope whose outside hints at a debt. */
  outsideMarks: boolean;
  /** A notice in the form that a cease request or a bankruptcy calls for: no request for payment (1024.39(c), (d)). */
  modifiedForm: boolean;
  /** Amounts shown, compared with the ledger read in the send activity. */
  amounts: 'match-ledger' | 'differ' | 'none';
  /** Who wrote the words: an approved template, a person, or a model whose words nobody has read. */
  author: 'template' | 'person' | 'model-unreviewed';
};

/** Someone is about to be contacted. `phone` and `email` are ids in the facts; null where the channel has none. */
export type ContactRequest = {
  action: 'contact';
  /** The instant of the question, UTC ISO. The gate has no clock of its own. */
  at: string;
  channel: Channel;
  purpose: Purpose;
  /** Kind of legal notice; null for other purposes, and for a notice whose kind is not named (no exception then holds). */
  notice: Notice | null;
  party: Party;
  debt: string;
  phone: string | null;
  email: string | null;
  numberKind: NumberKind;
  content: MessageContent;
};

/** Something other than contact is about to be done about `debt`. */
export type RemedyRequest = { action: Remedy; at: string; debt: string };

export type GateRequest = ContactRequest | RemedyRequest;
