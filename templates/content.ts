import type { MessageContent } from '../domain/gate/request.ts';

export type { MessageContent };

/** A plain servicing message: the way out is in it, nothing that a rule objects to. */
export const plainContent: MessageContent = {
  optOutText: true,
  marketing: false,
  debtFacts: false,
  asksScope: false,
  asksConsentOnly: false,
  limitedContentOnly: false,
  miniMiranda: false,
  threatensSuit: false,
  rushesDispute: false,
  publicShortener: false,
  showsBalance: false,
  identifiesCaller: true,
  recordingNotice: false,
  asksDisputedPart: false,
  outsideMarks: false,
  modifiedForm: false,
  amounts: 'none',
  author: 'template',
};
