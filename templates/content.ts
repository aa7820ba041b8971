/** What a rendered message holds, as the gate asks it. Stated by the catalogue entry, never guessed from the text. */
export interface MessageContent {
  optOutText: boolean;
  marketing: boolean;
  debtFacts: boolean;
  asksScope: boolean;
  asksConsentOnly: boolean;
  limitedContentOnly: boolean;
  miniMiranda: boolean;
  threatensSuit: boolean;
  rushesDispute: boolean;
  publicShortener: boolean;
  showsBalance: boolean;
}

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
};
