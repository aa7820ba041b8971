import type { CaseFacts, StepDone } from '../../../domain/cadence/facts.ts';
import { expectedNext, type LadderName } from '../../support/cadence-oracle.ts';
import type { Findings } from './breach.ts';
import { DAY_MS, daysFrom, instantAt, localIn, plusDays } from './calendar.ts';
import { borrowerOf, cents, loanAt, ownSteps, type Case, type Contact, type Evidence, type Policy, type Row, type Step } from './evidence.ts'; // prettier-ignore
import { bankingDays, mayCollect } from './stops.ts';

/** Ladders that the oracle has typed in from cadences.md; the other products have call tasks and letters only. */
const LADDER: Readonly<Record<string, LadderName>> = { auto: 'auto', rv: 'auto', boat: 'auto', mortgage: 'mortgage', personal: 'personal' }; // prettier-ignore
/** clocks.md §5: states whose right-to-cure row is filled. */
const CURE_STATES = ['MA', 'WI', 'SC', 'MO', 'IA', 'CO', 'KS', 'ME', 'RI', 'WV'];
/** When it is asked what the day brings: the night's file is in, and no step goes that early. */
const ASKED_AT = 6;
const LENDER_ZONE = 'America/New_York';

/**
 * Each account's steps against the oracle's, day by day. What the oracle expects must have gone that day, or the exports
 * must say why it did not; nothing else may have gone. Call and approval steps become tasks, which no export shows: they
 * are taken as opened on their day.
 */
export function checkSteps(evidence: Evidence, findings: Findings): void {
  for (const [loan, cases] of Map.groupBy(evidence.cases, ({ loanNumber }) => loanNumber)) {
    const product = loanAt(evidence, loan, evidence.fromMs)?.['product'] ?? '';
    const ladder = LADDER[product];
    const policy = [...evidence.policies.values()].find(({ products }) => products.includes(product));
    if (ladder === undefined || policy === undefined) {
      findings.count('accounts without a typed ladder');
      continue;
    }
    findings.count('accounts held to the oracle');
    new Account(evidence, findings, { loan, cases, ladder, policy }).live();
  }
  checkRepeats(evidence, findings);
}

class Account {
  readonly evidence: Evidence;
  readonly findings: Findings;
  readonly loan: string;
  readonly cases: readonly Case[];
  readonly ladder: LadderName;
  readonly policy: Policy;
  readonly borrower: string;
  readonly zone: string;
  readonly steps: StepDone[] = [];
  readonly deferrals: CaseFacts['deferrals'][number][] = [];
  episode: string | null = null;
  /** Letters that wait for the printer by what the exports tell; `due` is the payment that they are about. */
  recallable: { family: string; due: string }[] = [];
  /** Days in a row on which a case stood open, or did not, against the core's word. */
  wronglyOpen = 0;
  wronglyClosed = 0;

  constructor(
    evidence: Evidence,
    findings: Findings,
    given: { loan: string; cases: readonly Case[]; ladder: LadderName; policy: Policy },
  ) {
    // prettier-ignore
    this.evidence = evidence;
    this.findings = findings;
    this.loan = given.loan;
    this.cases = given.cases;
    this.ladder = given.ladder;
    this.policy = given.policy;
    this.borrower = borrowerOf(evidence, given.loan) ?? '';
    this.zone = evidence.people.get(this.borrower)?.zone ?? LENDER_ZONE;
  }

  live(): void {
    const last = localIn(this.zone, this.evidence.untilMs).date;
    for (let day = localIn(this.zone, this.evidence.fromMs).date; day < last; day = plusDays(day, 1)) this.day(day);
  }

  day(day: string): void {
    const askedMs = Math.max(instantAt(day, ASKED_AT, this.zone), this.evidence.fromMs);
    const row = loanAt(this.evidence, this.loan, askedMs);
    if (row === undefined) return;
    this.followEpisode(row);
    this.recall(row);
    const open = this.cases.some(({ openedOn, closedOn }) => openedOn <= day && (closedOn === null || closedOn > day));
    const closedToday = this.cases.some(({ closedOn }) => closedOn === day);
    this.compareCase(row, { day, open: open || closedToday });
    const todays = ownSteps(this.evidence).filter((contact) => contact.loanNumbers.includes(this.loan) && localIn(this.zone, Date.parse(contact.decidedAt)).date === day); // prettier-ignore
    const explained = new Set<Contact>();
    if (open) this.expect(row, { day, askedMs, todays, explained });
    if (closedToday) return;
    for (const contact of todays) {
      if (explained.has(contact)) continue;
      this.findings.breach(this.loan, 'step-sequence', `${contact.channel} ${this.stepOf(contact) ?? '?'} went on ${day}, day ${daysFrom(row['next_due_on'] ?? day, day)}; the oracle does not expect it`); // prettier-ignore
      this.mark(this.stepOf(contact) ?? '?', { row, askedMs, outcome: 'sent', channel: contact.channel });
    }
  }

  expect(row: Row, about: { day: string; askedMs: number; todays: Contact[]; explained: Set<Contact> }): void {
    const { day, askedMs } = about;
    for (let turns = 0; turns < 12; turns += 1) {
      const said = expectedNext(this.facts(row, askedMs), askedMs, this.ladder, this.zone);
      if (said.kind === 'close' || said.on !== day) return;
      for (const family of said.families) this.settle(family, { row, ...about });
    }
    this.findings.breach(this.loan, 'step-sequence', `the oracle does not come to rest on ${day}`);
  }

  /** One step that belongs to this day: it went, it is a person's, it was put off or refused, or it is missing. */
  settle(
    family: string,
    about: { row: Row; day: string; askedMs: number; todays: Contact[]; explained: Set<Contact> },
  ): void {
    // prettier-ignore
    const { row, day, askedMs, todays, explained } = about;
    const step = this.policy.steps.find(({ id }) => id === family);
    const asTask = (): void =>
      this.mark(family, { row, askedMs, outcome: 'pending', channel: step?.channel ?? 'approval' });
    if (step === undefined || step.channel === 'call' || step.channel === 'approval') return asTask();
    const ways = [step.channel, ...(step.fallback ?? []).map(({ channel }) => channel)];
    const went = todays.filter((contact) => this.stepOf(contact) === family || (this.stepOf(contact) === null && ways.includes(contact.channel))); // prettier-ignore
    if (went.length > 0) {
      this.findings.count('steps as the oracle says');
      for (const contact of went) {
        explained.add(contact);
        if (!ways.includes(contact.channel))
          this.findings.breach(this.loan, 'fallback', `${family} of ${day} went by ${contact.channel}; the policy allows ${ways.join(', ')}`); // prettier-ignore
      }
      return this.mark(family, { row, askedMs, outcome: 'sent', channel: went[0]?.channel ?? step.channel });
    }
    if (this.isForPerson(step, row) || isTooLate(step, row, day)) {
      this.findings.count('steps that go to a person');
      return asTask();
    }
    const decisions = this.evidence.decisions.filter(({ loanNumber, at, request }) => loanNumber === this.loan && request.action === 'contact' && localIn(this.zone, Date.parse(at)).date === day); // prettier-ignore
    const deferred = decisions.findLast(({ decision, primaryRule }) => decision === 'defer-until' || primaryRule === 'data-stale' || primaryRule === 'input-missing'); // prettier-ignore
    if (deferred !== undefined) {
      this.findings.count('steps put off by the gate');
      const untilMs = deferred.nextAllowedAt === null ? Date.parse(deferred.at) + 4 * 3_600_000 : Date.parse(deferred.nextAllowedAt); // prettier-ignore
      // Planned again on a later day at the earliest: on this one it did not go.
      const tomorrow = instantAt(plusDays(day, 1), 0, this.zone);
      this.deferrals.push({ family, occurrence: this.keyOf(family, row), untilMs: Math.max(untilMs, tomorrow + 1) });
      return;
    }
    const allowed = decisions.some(({ decision, request }) => decision === 'allow' && request.channel === 'letter');
    const again = ownSteps(this.evidence).some((contact) => contact.decidedAt > `${day}T24` && contact.channel === 'letter' && contact.loanNumbers.includes(this.loan) && this.stepOf(contact) === family); // prettier-ignore
    if (step.channel === 'letter' && allowed && again) return this.queued(family, { row, askedMs });
    const refused = decisions.filter(({ decision }) => decision === 'deny' || decision === 'require-content' || decision === 'require-approval'); // prettier-ignore
    const silent = ways.filter((way) => way !== 'call' && this.hasAddress(way) && !refused.some(({ request }) => request.channel === way)); // prettier-ignore
    if (silent.length > 0) {
      this.findings.breach(this.loan, 'step-sequence', `${family} belongs to ${day}, day ${daysFrom(row['next_due_on'] ?? day, day)}; nothing went by ${silent.join(', ')} and no decision says why`); // prettier-ignore
      return asTask();
    }
    this.findings.count('steps that no lawful way was left for');
    const asked = ways.includes('call') || refused.some(({ decision }) => decision === 'require-approval');
    if (asked) asTask();
    else this.mark(family, { row, askedMs, outcome: 'refused', channel: null });
  }

  /**
   * A letter that was allowed on this day and that the exports tell only under a later one: it waited for the printer, was
   * recalled when the core told of a payment, and the step is open again.
   */
  queued(family: string, { row, askedMs }: { row: Row; askedMs: number }): void {
    this.findings.count('letters recalled before they were printed');
    this.mark(family, { row, askedMs, outcome: 'sent', channel: 'letter' });
    this.recallable.push({ family, due: row['next_due_on'] ?? '' });
  }

  /** The core says that the payment moved on: what waited for the printer for the one before was recalled. */
  recall(row: Row): void {
    const due = row['next_due_on'] ?? '';
    for (const letter of this.recallable.filter((each) => each.due !== due)) {
      const at = this.steps.findLastIndex(({ family, channel }) => family === letter.family && channel === 'letter');
      if (at >= 0) this.steps.splice(at, 1);
    }
    this.recallable = this.recallable.filter((each) => each.due === due);
  }

  /** What cadences.md and the policy give to a person instead: investors' loans, empty state rows, unsigned forms, a legal stop. */
  isForPerson(step: Step, row: Row): boolean {
    if (row['product'] === 'mortgage' && (row['investor'] || 'portfolio') !== 'portfolio') return true;
    if (step.id === 'breach') return true; // no state form is signed in the sample lender
    if (step.id === 'right-to-cure') return this.cureStates(row).some((state) => !CURE_STATES.includes(state));
    return this.legalStops().length > 0;
  }

  hasAddress(channel: string): boolean {
    const person = this.evidence.people.get(this.borrower);
    if (channel === 'letter') return true;
    if (channel === 'email') return person?.mails.some((box) => !box['bounced_on']) ?? false;
    return person?.phones.some((phone) => phone['type'] !== 'landline' && !phone['wrong_number_on']) ?? false;
  }

  /** The step of a contact on this loan. In a bundle the export names the first loan's; null: not told. */
  stepOf(contact: Contact): string | null {
    return contact.loanNumbers.toSorted()[0] === this.loan ? contact.step : null;
  }

  followEpisode(row: Row): void {
    const behind = cents(row['past_due_amount']) > 0 && Number(row['days_past_due']) > 0;
    this.episode = behind ? (this.episode ?? row['next_due_on'] ?? null) : null;
  }

  compareCase(row: Row, { day, open }: { day: string; open: boolean }): void {
    const due = mayCollect(row, day);
    this.wronglyOpen = open && !due ? this.wronglyOpen + 1 : 0;
    this.wronglyClosed = !open && due ? this.wronglyClosed + 1 : 0;
    if (this.wronglyOpen === 2) this.findings.breach(this.loan, 'case-closes', `a case stands open on ${day}, though nothing is due for one`); // prettier-ignore
    if (this.wronglyClosed === 2) this.findings.breach(this.loan, 'case-opens', `no case is open on ${day}, though ${row['past_due_amount'] ?? ''} is past due`); // prettier-ignore
  }

  legalStops(): string[] {
    const row = this.evidence.people.get(this.borrower)?.row ?? {};
    const over = /^(dismissed|discharged|closed)$/.test(row['bankruptcy_status'] ?? '');
    return [
      ...(row['deceased_on'] ? ['deceased'] : []),
      ...(row['bankruptcy_filed_on'] && !over ? ['bankruptcy-stay'] : []),
      ...(row['attorney_since'] ? ['attorney'] : []),
      ...(row['cease_on'] ? ['cease-all'] : []),
    ];
  }

  cureStates(row: Row): string[] {
    const person = this.evidence.people.get(this.borrower)?.row ?? {};
    const states = [row['governing_state'], person['residence_state'] || person['mailing_state']];
    return [...new Set(states.filter((state) => state !== undefined && state !== ''))] as string[];
  }

  keyOf(family: string, row: Row): string {
    const due = row['next_due_on'] ?? '';
    const step = this.policy.steps.find(({ id }) => id === family);
    if (step?.repeats === 'delinquency') return `delinquency:${this.episode ?? due}`;
    if (step?.repeats !== 'every-180-days') return `cycle:${due}`;
    const before = this.steps.filter((done) => done.family === family && done.outcome !== 'refused');
    const last = before
      .map(({ atMs }) => localIn(this.zone, atMs).date)
      .toSorted()
      .at(-1);
    return `180-days:${last === undefined ? plusDays(due, step.day) : plusDays(last, 180)}`;
  }

  mark(
    family: string,
    done: { row: Row; askedMs: number; outcome: StepDone['outcome']; channel: string | null },
  ): void {
    const { row, askedMs, outcome } = done;
    const due = row['next_due_on'] ?? '';
    const day = localIn(this.zone, askedMs).date;
    const channel = done.channel as StepDone['channel'];
    const add = (occurrence: string): number =>
      this.steps.push({ family, occurrence, atMs: askedMs, outcome, channel });
    if (outcome === 'refused') add(`cycle:${due}`);
    else if (family === 'manager-review') this.markRenewal(due, day, add);
    else if (family === 'broken-promise-call') {
      const broken = this.promises(row, askedMs).filter(({ state }) => state === 'broken');
      const latest = broken.toSorted((a, b) => ((a.brokenOn ?? '') + a.id < (b.brokenOn ?? '') + b.id ? -1 : 1)).at(-1);
      add(`promise:${latest?.id ?? ''}`);
    } else if (family === 'live-contact') {
      // Asked for after each due date; a try for the newest answers for those before it.
      for (let each = due; each <= day; each = monthAfter(each, due)) add(`cycle:${each}`);
    } else add(this.keyOf(family, row));
  }

  markRenewal(due: string, day: string, add: (occurrence: string) => void): void {
    const end = (this.policy as unknown as { end: { day: number } }).end.day;
    let renewal = Math.max(0, Math.floor(daysFrom(plusDays(due, end), day) / 30));
    const taken = new Set(
      this.steps.filter(({ family }) => family === 'manager-review').map(({ occurrence }) => occurrence),
    );
    while (taken.has(`cycle:${due}:renewal-${renewal}`)) renewal += 1;
    add(`cycle:${due}:renewal-${renewal}`);
  }

  promises(row: Row, askedMs: number): CaseFacts['promises'][number][] {
    const since = this.episode ?? row['next_due_on'] ?? '';
    return this.evidence.promises
      .filter(
        ({ loanNumber, madeAt, state }) =>
          loanNumber === this.loan &&
          Date.parse(madeAt) <= askedMs &&
          state !== 'proposed' &&
          madeAt.slice(0, 10) >= since,
      ) // prettier-ignore
      .map((promise) => {
        const decided = promise.decidedAt !== null && Date.parse(promise.decidedAt) <= askedMs;
        const state = (decided ? promise.state : 'open') as CaseFacts['promises'][number]['state'];
        const decideOn = promise.decideOn ?? promise.dueOn;
        return {
          id: promise.id,
          madeOn: localIn(this.zone, Date.parse(promise.madeAt)).date,
          amountCents: promise.amountCents ?? 0,
          dueOn: promise.dueOn,
          decideOn,
          state,
          brokenOn: state === 'broken' ? localIn(this.zone, Date.parse(promise.decidedAt ?? '')).date : null,
        };
      });
  }

  facts(row: Row, askedMs: number): CaseFacts {
    const { evidence, loan, borrower } = this;
    const obligors = (evidence.roles.get(loan) ?? []).filter(({ role }) => !['authorised-user', 'owner-not-obligor'].includes(role)); // prettier-ignore
    const states = this.cureStates(row);
    const rows = states.map((state) => (CURE_STATES.includes(state) ? { state } : null)) as CaseFacts['cure']['rows'];
    return {
      loan: {
        id: loan,
        product: (row['product'] ?? 'auto') as CaseFacts['loan']['product'],
        status: (row['status'] || 'active') as CaseFacts['loan']['status'],
        investor: row['investor'] || 'portfolio',
        nextDueOn: row['next_due_on'] || null,
        pastDueCents: cents(row['past_due_amount']),
        paymentAmountCents: cents(row['payment_amount']) || null,
        paymentFrequency: (row['payment_frequency'] || 'monthly') as CaseFacts['loan']['paymentFrequency'],
        paymentDueDay: row['payment_due_day'] ? Number(row['payment_due_day']) : null,
        graceDays: row['grace_days'] ? Number(row['grace_days']) : null,
        autopay: row['autopay'] === 'Y',
        nextDraftOn: row['next_draft_on'] || null,
        openEnd: row['open_end'] === 'Y',
        firstPaymentDefault: !row['last_payment_on'],
        principalResidence: null,
        titlePerfected: null,
        drawsSuspendedOn: null,
        onlyForcedInsuranceArrears: null,
        presumedCurrent: false,
        handedOver: false,
      },
      person: { id: borrower, zone: this.zone, otherZones: [] },
      obligors: obligors.map(({ customer, role }) => ({ personId: customer, role: role as 'borrower' })),
      caseOpenedOn: null,
      episodeStartedOn: this.episode,
      graceHabit: { paidInsideGraceCount: 0, months: 6 },
      pendingPayments: this.draftInFlight(row, askedMs).concat(
        evidence.payments
          .filter(
            ({ loanNumber, receivedAt, state }) =>
              loanNumber === loan && Date.parse(receivedAt) <= askedMs && state !== 'cancelled',
          ) // prettier-ignore
          .map((payment) => ({
            amountCents: payment.amountCents,
            receivedAtMs: Date.parse(payment.receivedAt),
            settlesOn: payment.settlesOn,
            method: payment.method as 'ach',
            state: payment.state === 'pending' ? 'in-flight' : payment.state === 'posted' ? 'posted' : 'returned',
          })),
      ),
      promises: this.promises(row, askedMs),
      planActive: row['plan_active'] === 'Y',
      holds: this.holds(obligors.map(({ customer }) => customer)),
      legalStops: this.legalStops(),
      stepsDone: this.steps,
      deferrals: this.deferrals,
      importedContacts: evidence.contacts
        .filter(
          (contact) =>
            contact.policy === null &&
            contact.templateVersion === null &&
            contact.loanNumbers.includes(loan) &&
            Date.parse(contact.decidedAt) <= askedMs,
        ) // prettier-ignore
        .map(({ decidedAt, channel, template }) => ({
          atMs: Date.parse(decidedAt),
          channel: (channel === 'voicemail' ? 'call' : channel) as 'call',
          code: template,
        })),
      lettersMailed: this.lettersMailed(askedMs),
      cure: { rows, covers: row['product'] !== 'personal', noticeNeeded: true, homesteadMortgage: row['product'] === 'mortgage', mailGraceDays: 3 }, // prettier-ignore
      lender: {
        furnishesToBureaus: true,
        smallServicer: false,
        coreMails: [],
        b1OnFile: false,
        breachFormFilled: false,
      },
    };
  }

  /** An autopay draft is in flight from the banking day before it: its file has left by then. */
  draftInFlight(row: Row, askedMs: number): CaseFacts['pendingPayments'][number][] {
    const draft = row['next_draft_on'] ?? '';
    if (row['autopay'] !== 'Y' || draft === '') return [];
    let leaves = plusDays(draft, -1);
    while (bankingDays(plusDays(leaves, -1), 1) !== leaves) leaves = plusDays(leaves, -1);
    if (localIn(this.zone, askedMs).date < leaves) return [];
    const settlesOn = bankingDays(plusDays(draft, -1), 1);
    return [{ amountCents: cents(row['payment_amount']), receivedAtMs: askedMs, settlesOn, method: 'autopay', state: 'in-flight' }]; // prettier-ignore
  }

  holds(obligors: readonly string[]): CaseFacts['holds'][number][] {
    return this.evidence.holds
      .filter(
        ({ loanNumber, customerNumber, scope }) =>
          scope !== 'remedies' &&
          (loanNumber === this.loan || (loanNumber === null && obligors.includes(customerNumber ?? ''))),
      ) // prettier-ignore
      .map(({ placedAt, liftedAt, untilOn }) => ({
        reason: 'manual',
        placedAtMs: Date.parse(placedAt),
        reviewOn: placedAt.slice(0, 10),
        liftedAtMs: liftedAt !== null ? Date.parse(liftedAt) : untilOn === null ? null : instantAt(plusDays(untilOn, 1), 0, this.zone), // prettier-ignore
      }));
  }

  /** Letters by the day on which the printer's file said that they were mailed. */
  lettersMailed(askedMs: number): CaseFacts['lettersMailed'][number][] {
    return ownSteps(this.evidence)
      .filter((contact) => contact.channel === 'letter' && contact.loanNumbers.includes(this.loan))
      .flatMap((contact) => {
        const mailed = this.evidence.deeds.find(({ kind, at }) => kind === 'mailed' && at > contact.decidedAt);
        if (mailed === undefined || Date.parse(mailed.at) > askedMs || contact.status === 'recalled') return [];
        return [{ family: contact.step ?? '', mailedOn: localIn(LENDER_ZONE, Date.parse(mailed.at)).date, deliveredOn: null }]; // prettier-ignore
      });
  }
}

/** † Dates by which a notice must be out (cadences.md §3); a month late it is a person's (decisions/013). */
const LAST_DAYS: Readonly<Record<string, number>> = { 'hud-counselling': 44, 'early-intervention': 45 };

/** A notice that law asks for and whose last day has passed, or that would be a month late, goes to a person and never out by itself. */
function isTooLate(step: Step, row: Row, day: string): boolean {
  const late = daysFrom(row['next_due_on'] ?? day, day);
  const last = LAST_DAYS[step.id] ?? (step.id === 'right-to-cure' ? step.day + 30 : undefined);
  return last !== undefined && late > last;
}

function monthAfter(date: string, first: string): string {
  const [year = 0, month = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const next = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 8);
  return next + String(Math.min(Number(first.slice(8)), last)).padStart(2, '0');
}

/** No step twice in an occurrence, and the same letter never twice within 25 days, for each person. */
function checkRepeats(evidence: Evidence, findings: Findings): void {
  const seen = new Map<string, Contact>();
  const letters = new Map<string, number>();
  for (const contact of ownSteps(evidence).toSorted((a, b) => a.decidedAt.localeCompare(b.decidedAt))) {
    if (['failed', 'recalled'].includes(contact.status)) continue;
    const loan = contact.loanNumbers.toSorted()[0] ?? '';
    const step = evidence.policies.get(contact.policy ?? '')?.steps.find(({ id }) => id === contact.step);
    if (step?.repeats === 'cycle' || step?.repeats === 'never') {
      const key = [loan, contact.step, step.repeats === 'never' ? '' : contact.cycle, contact.customerNumber].join('/');
      const before = seen.get(key);
      if (before !== undefined)
        findings.breach(loan, 'step-key', `${contact.step ?? ''} twice in the cycle ${contact.cycle ?? ''}: ${before.decidedAt} and ${contact.decidedAt}`); // prettier-ignore
      seen.set(key, contact);
      findings.count('steps with a key of their own');
    }
    if (contact.channel !== 'letter') continue;
    const key = [loan, contact.template, contact.customerNumber].join('/');
    const at = Date.parse(contact.decidedAt);
    const days = (at - (letters.get(key) ?? Number.NEGATIVE_INFINITY)) / DAY_MS;
    if (days < 25) findings.breach(loan, 'letter-25-days', `${contact.template ?? ''} again after ${days.toFixed(0)} days, ${contact.decidedAt}`); // prettier-ignore
    letters.set(key, at);
  }
}
