import type { CaseFacts } from '../../domain/cadence/facts.ts';
import type { VariableName } from '../../templates/variables.ts';
import type { EmailFacts, GateFacts, PhoneFacts } from '../../domain/gate/index.ts';

/** Where a fact that a rule reads comes from. `column`: table.column of contracts/tape.md; `ours`: table.column of our own database. */
export type FactSource =
  | { from: 'column'; columns: readonly string[] }
  | { from: 'scrub'; ours: readonly string[]; of: string }
  | { from: 'staff' | 'borrower' | 'lender'; ours: readonly string[] }
  | { from: 'derived'; of: readonly string[] }
  | { from: 'not-asked'; because: string };

const column = (...columns: string[]): FactSource => ({ from: 'column', columns });
const staff = (...ours: string[]): FactSource => ({ from: 'staff', ours });
const borrower = (...ours: string[]): FactSource => ({ from: 'borrower', ours });
const derived = (...of: string[]): FactSource => ({ from: 'derived', of });
const REMEDIES = 'not asked for this product: no workflow acts on it; unknown denies the action';
const notAsked = (because: string): FactSource => ({ from: 'not-asked', because });

/** The compiler asks for every field; a new fact without a source does not build. */
export const FACT_SOURCES: Readonly<Record<keyof GateFacts, FactSource>> = {
  mode: { from: 'lender', ours: ['lender_setting.value'] },
  licence: { from: 'lender', ours: ['lender_setting.value'] },
  product: column('loans.product'),
  daysPastDue: column('loans.days_past_due', 'loans.next_due_on'),
  principalResidence: column('collateral.occupancy'),
  coreDataAsOf: derived('manifest.asOf'),
  expectedFileLate: derived('core_feed.calendar', 'manifest.asOf'),
  paymentPostedAt: borrower('payment.received_at'),
  mailing: column('customers.mailing_state', 'customers.mailing_city', 'customers.mailing_zip'),
  residence: column('customers.residence_state', 'customers.residence_city', 'customers.residence_zip'),
  phones: column('phones.number', 'phones.type'),
  emails: column('emails.address'),
  statedLocation: borrower('person.stated_zone', 'person.stated_zone_at'),
  inconvenient: borrower('quiet_time.from_local', 'quiet_time.to_local'),
  timeConsent: borrower('contact_consent.from_at', 'contact_consent.to_at'),
  callConsent: borrower('contact_consent.recorded_at'),
  history: column('contacts.at', 'contacts.channel', 'contacts.outcome', 'contacts.number_or_address'),
  electronicConsent: borrower('contact_consent.kind'),
  mediumBans: borrower('medium_ban.medium'),
  senderRegistered: { from: 'lender', ours: ['lender_setting.value'] },
  smsProgramApproved: { from: 'lender', ours: ['lender_setting.value'] },
  bankruptcy: column('customers.bankruptcy_chapter', 'customers.bankruptcy_filed_on', 'customers.bankruptcy_status'),
  deceased: column('customers.deceased_on'),
  attorney: column('customers.attorney_name', 'customers.attorney_since'),
  cease: column('customers.cease_on'),
  identityTheft: borrower('legal_stop.kind'),
  litigation: staff('legal_stop.kind'),
  complaintOpen: staff('legal_stop.kind'),
  selfHarm: borrower('legal_stop.kind'),
  disaster: staff('legal_stop.kind'),
  promise: borrower('promise.due_on', 'promise.amount_cents'),
  validation: borrower('legal_stop.kind'),
  validationDueBy: notAsked('first-party lenders send no validation notice'),
  limitationExpired: notAsked('first-party ladders end before any limitation period'),
  dispute: column('loans.disputed_on'),
  servicingTransfer: notAsked('loans come by origination, not by transfer of servicing'),
  cure: derived('loans.governing_state', 'loans.next_due_on', 'send.mailed_on', 'loan_roles.role'),
  scra: {
    from: 'scrub',
    ours: ['stated_fact.value'],
    of: 'the defense department’s search (DMDC), one for each obligor, entered by staff',
  },
  repoRecheckedAt: staff('stated_fact.at'),
  uccSaleNotice: staff('stated_fact.value'),
  insuranceOnlyDefault: staff('stated_fact.value'),
  dueOn: column('loans.next_due_on'),
  smallServicer: { from: 'lender', ours: ['loan.small_servicer'] },
  performingUnderPlan: column('loans.plan_active'),
  lossMitigationPending: staff('stated_fact.value'),
  breachNotice: derived('send.mailed_on', 'lender_setting.value'),
  setoffAgreement: notAsked(REMEDIES),
  insuranceFindings: notAsked(REMEDIES),
  debitFindings: notAsked(REMEDIES),
  fee: notAsked(REMEDIES),
  furnishing: notAsked(REMEDIES),
  lineSuspension: notAsked(REMEDIES),
  lienRelease: notAsked(REMEDIES),
};

export const PHONE_SOURCES: Readonly<Record<keyof PhoneFacts, FactSource>> = {
  id: derived('phones.number'),
  kind: column('phones.type'),
  zones: derived('phones.number'),
  states: derived('phones.number'),
  consent: column('phones.sms_consent', 'phones.sms_consent_on', 'phones.consent_source'),
  optedOutAt: column('phones.opted_out_on'),
  optedOutDebt: notAsked('a stop binds the number for every debt'),
  wrongNumberAt: column('phones.wrong_number_on'),
  rnd: { from: 'scrub', ours: ['address.rnd_answer', 'address.rnd_at'], of: 'the reassigned-numbers database' },
  lastInboundAt: column('phones.last_inbound_on'),
  work: column('phones.type'),
  employerObjected: borrower('person_address.employer_objected'),
  verifiedAt: column('phones.verified_on'),
};

export const EMAIL_SOURCES: Readonly<Record<keyof EmailFacts, FactSource>> = {
  id: derived('emails.address'),
  address: column('emails.address'),
  employerProvided: derived('emails.address'),
  source: column('emails.source', 'emails.consent_on'),
  noticeOptOutEndsOn: notAsked('no creditor before us gave the notice'),
  readByOthers: notAsked('nobody tells; a shared mailbox is named by its persons'),
  consumerWroteFromAt: borrower('address.last_inbound_at'),
  esignConsent: column('emails.esign_consent_on'),
  optedOutAt: column('emails.opted_out_on'),
};

/** What the planner reads of the loan itself. */
export const LOAN_SOURCES: Readonly<Record<keyof CaseFacts['loan'], FactSource>> = {
  id: column('loans.loan_number'),
  product: column('loans.product'),
  status: column('loans.status'),
  investor: column('loans.investor'),
  nextDueOn: column('loans.next_due_on'),
  pastDueCents: column('loans.past_due_amount'),
  paymentAmountCents: column('loans.payment_amount'),
  paymentFrequency: column('loans.payment_frequency'),
  paymentDueDay: column('loans.payment_due_day'),
  graceDays: column('loans.grace_days'),
  autopay: column('loans.autopay'),
  nextDraftOn: column('loans.next_draft_on'),
  openEnd: column('loans.open_end'),
  firstPaymentDefault: column('loans.last_payment_on', 'loans.originated_on', 'loans.next_due_on'),
  principalResidence: column('collateral.occupancy'),
  titlePerfected: column('collateral.title_perfected_on'),
  drawsSuspendedOn: staff('stated_fact.value'),
  onlyForcedInsuranceArrears: staff('stated_fact.value'),
  presumedCurrent: derived('loan.absent_since'),
  handedOver: notAsked('accounts are handed over by closing or charging off the loan in the core (loans.status)'),
};

/** What the planner reads of the right to cure and of the lender. */
export const CURE_AND_LENDER_SOURCES: Readonly<
  Record<keyof CaseFacts['cure'] | keyof CaseFacts['lender'], FactSource>
> = {
  rows: column('loans.governing_state', 'customers.residence_state', 'customers.mailing_state'),
  covers: derived('loans.product', 'the state rows'),
  noticeNeeded: notAsked('a repeat rule lifts a notice only by counsel’s word: until then one is always needed'),
  homesteadMortgage: column('collateral.occupancy', 'loans.product'),
  mailGraceDays: notAsked('counsel’s setting, three days as shipped (contract clocks.md §5)'),
  furnishesToBureaus: { from: 'lender', ours: ['lender_setting.value'] },
  smallServicer: { from: 'lender', ours: ['loan.small_servicer'] },
  coreMails: { from: 'lender', ours: ['lender_setting.value'] },
  b1OnFile: derived('send.mailed_on', 'policy_version.content'),
  breachFormFilled: { from: 'lender', ours: ['lender_setting.value'] },
};

/** What a template reads: each variable that its words may use. */
export const TEMPLATE_SOURCES: Readonly<Record<VariableName, FactSource>> = {
  firstName: column('customers.first_name'),
  personName: column('customers.first_name', 'customers.last_name'),
  lenderName: { from: 'lender', ours: ['lender_setting.value'] },
  lenderPhone: { from: 'lender', ours: ['lender_setting.value'] },
  lenderEmail: { from: 'lender', ours: ['lender_setting.value'] },
  lenderAddress: { from: 'lender', ours: ['lender_setting.value'] },
  openingHours: { from: 'lender', ours: ['lender_setting.value'] },
  opensAt: { from: 'lender', ours: ['lender_setting.value'] },
  payLink: derived('our own address and a token made for the message'),
  stopLink: derived('our own address'),
  loanLast4: column('loans.loan_number'),
  loanCount: column('loan_roles.loan_number', 'loan_roles.customer_number'),
  loanKind: column('loans.product'),
  amountDue: column('loans.past_due_amount'),
  amountPaid: borrower('payment.amount_cents'),
  asOf: derived('manifest.asOf'),
  oldestDueOn: column('loans.next_due_on'),
  thirtyDaysOn: column('loans.next_due_on'),
  payBy: derived('the last day of mailing'),
  cureBy: derived('the state’s right-to-cure act', 'loans.governing_state', 'customers.mailing_state'),
  cureLaw: derived('the state’s right-to-cure act', 'loans.governing_state', 'customers.mailing_state'),
  lateAgainMonths: derived('the state’s right-to-cure act', 'loans.governing_state', 'customers.mailing_state'),
  breachBy: derived('the last day of mailing'),
  propertyAddress: column('collateral.property_line1', 'collateral.property_city', 'collateral.property_state', 'collateral.property_zip'), // prettier-ignore
  promiseDate: borrower('promise.due_on'),
  paidAt: borrower('payment.received_at'),
  traceId: borrower('payment.trace_id'),
  loanList: column('loans.loan_number', 'loans.past_due_amount'),
};
