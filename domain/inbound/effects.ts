import type { QuietTime, ReplyLanguage, ReviewReason } from './classification.ts';
import type { Label } from './labels.ts';

/** How long a hold denies by itself. `until-labelled` never lapses: a person ends it. */
export type HoldEnd =
  | { readonly kind: 'until-labelled' }
  | { readonly kind: 'until-reviewed' }
  | { readonly kind: 'business-days'; readonly count: number }
  | { readonly kind: 'banking-days'; readonly count: number };

export type HoldKind =
  | 'dispute'
  | 'hardship'
  | 'bankruptcy'
  | 'servicemember'
  | 'disaster'
  | 'deceased'
  | 'complaint'
  | 'identity-theft'
  | 'paid-claim'
  | 'manual';

/** What a hold denies. `sms`: only texts to the number. `remedies`: repossession, sale, suit, setoff, charge. */
export type HoldScope = 'all' | 'sms' | 'collection' | 'disputed-amount' | 'remedies';

export type LegalStop =
  | 'bankruptcy'
  | 'deceased'
  | 'attorney'
  | 'identity-theft'
  | 'cease'
  | 'litigation'
  | 'dispute-validation'
  | 'self-harm';

export type WorkItem =
  | 'human-review'
  | 'self-harm'
  | 'threat'
  | 'docket-search'
  | 'bankruptcy-plan'
  | 'deceased'
  | 'attorney-details'
  | 'identity-theft'
  | 'dispute'
  | 'litigation'
  | 'military-search'
  | 'ledger-check'
  | 'autopay-cancel'
  | 'hardship'
  | 'insurance-proof'
  | 'work-contact'
  | 'quiet-time'
  | 'carrier-block'
  | 'named-number';

export type ReplyTemplate =
  | 'opt-out-confirmation'
  | 'help'
  | 'promise-confirmation'
  | 'contact-line'
  | 'opt-in-confirmation'
  | 'wrong-number';

/** Which address a fact is about: the one the message came from, one named in it, or all of a kind that we hold for the sender. */
export type AddressScope =
  | { readonly kind: 'sender' }
  | { readonly kind: 'named'; readonly number: string }
  | { readonly kind: 'all-of-sender' };

/**
 * One fact to record, hold to place, item to open or reply to send. The inbound activity carries each out; it decides
 * nothing more. All of one message's effects are recorded in one transaction, replies go through the gate afterwards.
 */
export type Effect =
  | {
      readonly kind: 'stop-address';
      readonly channel: 'sms' | 'prerecorded' | 'email';
      readonly address: AddressScope;
      /** The whole lender: all debts, all queues. */
      readonly scope: 'lender';
      readonly reason: Label;
    }
  | { readonly kind: 'ban-medium'; readonly medium: 'call' | 'email' | 'sms' | 'all'; readonly reason: Label }
  | { readonly kind: 'bar-number'; readonly address: AddressScope }
  | { readonly kind: 'bar-work' }
  | { readonly kind: 'resume-sms' }
  | { readonly kind: 'record-consent'; readonly channel: 'sms' }
  | { readonly kind: 'legal-stop'; readonly stop: LegalStop; readonly recallQueued: boolean }
  | {
      readonly kind: 'place-hold';
      readonly hold: HoldKind;
      readonly scope: HoldScope;
      readonly end: HoldEnd;
      /** Calendar days until a person must look at the hold again. */
      readonly reviewInDays: number;
    }
  | { readonly kind: 'freeze-deletion' }
  | { readonly kind: 'stop-automation' }
  | {
      readonly kind: 'recall-queued';
      readonly channels: readonly ('sms' | 'prerecorded' | 'call' | 'email' | 'letter')[];
    }
  | {
      readonly kind: 'record-promise';
      readonly amountCents: number | null;
      readonly on: string;
      /** Confirmed by text: pauses collection (ptp-hold). A promise without an amount is kept for a person only. */
      readonly confirmed: boolean;
    }
  | { readonly kind: 'record-attorney'; readonly name: string | null; readonly phone: string | null }
  | { readonly kind: 'record-executor' }
  | { readonly kind: 'record-evidence'; readonly receivedAtMs: number }
  | { readonly kind: 'cancel-debit'; readonly scope: 'series' | 'one-item' }
  | { readonly kind: 'open-dispute'; readonly ceaseUntilVerified: boolean }
  | { readonly kind: 'quiet-time'; readonly quietTime: QuietTime }
  | { readonly kind: 'set-language'; readonly language: ReplyLanguage }
  | {
      readonly kind: 'open-item';
      readonly item: WorkItem;
      readonly dueBusinessDays: number;
      readonly page: boolean;
      readonly reasons: readonly ReviewReason[];
    }
  | {
      readonly kind: 'reply';
      readonly template: ReplyTemplate;
      readonly language: ReplyLanguage;
      /** Seconds after receipt by which it must have gone, or not go at all. */
      readonly withinSeconds: number;
    };
