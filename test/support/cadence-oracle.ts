import type { CaseFacts } from '../../domain/cadence/facts.ts';

/**
 * What contract cadences.md says comes next, told again in another way: ladders typed in from the contract, days walked
 * one by one, dates by the runtime's own calendar. It shares no code with the planner. Slow on purpose.
 */

/** day, id, channel, repeats, then marks; see `Line`. */
const LADDERS = {
  auto: `
    3   sms-1           sms      cycle
    6   email-1         email    cycle
    8   call-1          call     delinquency  first:4
    11  late-1          letter   cycle        observed
    13  sms-2           sms      cycle
    16  call-2          call     delinquency
    20  email-2         email    delinquency
    21  before-30       letter   delinquency  if:furnishes deadline-stated
    24  call-3          call     cycle
    28  lead-review     approval every-180-days
    30  right-to-cure   letter   delinquency  required through:payment,plan if:cure-notice-needed floor:cure-notice
    34  call-4          call     cycle
    38  sms-3           sms      cycle
    45  email-3         email    delinquency
    52  call-5          call     cycle
    56  remedy-review   approval delinquency  floor:cure-act quiet
    62  demand-2        letter   delinquency  floor:cure-act deadline-stated
    75  locate          approval cycle
    90  non-accrual     approval delinquency  required through:
    100 charge-off-memo approval delinquency  required through: by:month-end-120
    end 120`,
  mortgage: `
    5   email-1         email    cycle
    10  sms-1           sms      cycle
    16  late-1          letter   cycle        observed
    17  call-1          call     cycle
    20  email-2         email    delinquency
    23  call-2          call     delinquency
    27  sms-2           sms      cycle
    30  call-3          call     delinquency
    33  hud-counselling letter   delinquency  required through:payment by:44
    34  live-contact    call     each-due     required through:payment,plan by:36
    35  live-contact-check approval cycle
    38  early-intervention letter every-180-days required through:payment by:45
    45  named-contact   approval delinquency  required through:payment by:45
    46  call-4          call     delinquency
    50  email-3         email    delinquency
    56  title-and-stops approval delinquency
    58  breach          letter   delinquency  asks:30
    62  loss-mitigation-package letter delinquency
    75  call-5          call     cycle
    90  non-accrual     approval delinquency  required through:
    100 call-6          call     delinquency
    112 referral-packet approval delinquency  floor:breach+31 quiet
    121 earliest-filing approval delinquency  required through:payment,promise,plan,hold,legal floor:breach+31 floor:121
    180 charge-to-value approval delinquency  required through: by:180
    end 210`,
  personal: `
    3   sms-1           sms      cycle
    6   email-1         email    cycle
    9   call-1          call     delinquency
    11  late-1          letter   cycle        observed
    14  sms-2           sms      cycle
    17  call-2          call     delinquency
    20  email-2         email    delinquency
    22  before-30       letter   delinquency  if:furnishes deadline-stated
    25  call-3          call     cycle
    29  lead-review     approval every-180-days
    31  right-to-cure   letter   delinquency  required through:payment,plan if:cure-notice-needed floor:cure-notice
    36  call-4          call     cycle
    42  sms-3           sms      cycle
    48  email-3         email    delinquency
    55  call-5          call     cycle
    60  plan-or-legal   approval delinquency  quiet
    75  final           letter   delinquency  floor:cure-act deadline-stated
    85  call-6          call     cycle
    90  non-accrual     approval delinquency  required through:
    100 charge-off-memo approval delinquency  required through: by:month-end-120
    end 120`,
} as const;

/** clocks.md §5: notice + so many days is the first day to act; the period to cure ends the day before. */
const CURE_ACTS: Record<string, number> = { MA: 22, WI: 16, SC: 21, MO: 21, IA: 21, CO: 21, KS: 21, ME: 15, RI: 22, WV: 11 }; // prettier-ignore

export type LadderName = keyof typeof LADDERS;

type Line = { day: number; id: string; channel: string; repeats: string; marks: string[] };

/** How late a step still serves: the figures of the shipped files. */
const USEFUL: Record<string, number> = { sms: 3, email: 4, call: 5, letter: 10, approval: 30 };
const CLOSES: Record<string, string> = {
  sms: '18:00',
  email: '18:00',
  call: '19:00',
  letter: '17:00',
  approval: '17:00',
};

export type Expected =
  | { kind: 'close' }
  /** The first day on which something goes, and what may go then. Nothing else may go, and nothing before. */
  | { kind: 'next'; on: string; families: Set<string> };

// --- dates, by the runtime's calendar -------------------------------------------------------------------------

const DAY = 86_400_000;
const ms = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);
const plus = (date: string, days: number): string => iso(ms(date) + days * DAY);
const between = (from: string, to: string): number => (ms(to) - ms(from)) / DAY;
const weekday = (date: string): number => new Date(ms(date)).getUTCDay(); // 0 Sunday
const max = (...dates: string[]): string => dates.toSorted().at(-1) ?? '';

function nth(year: number, month: number, day: number, n: number): string {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  return plus(first, ((day - weekday(first) + 7) % 7) + 7 * (n - 1));
}

function holidays(year: number): string[] {
  const memorial = plus(nth(year, 6, 1, 1), -7);
  return [`${year}-01-01`, nth(year, 1, 1, 3), nth(year, 2, 1, 3), memorial, `${year}-06-19`, `${year}-07-04`, nth(year, 9, 1, 1), nth(year, 10, 1, 2), `${year}-11-11`, nth(year, 11, 4, 4), `${year}-12-25`]; // prettier-ignore
}

const holidaysOf = new Map<number, Set<string>>();

function isHoliday(date: string): boolean {
  const year = Number(date.slice(0, 4));
  const known = holidaysOf.get(year) ?? new Set(holidays(year));
  holidaysOf.set(year, known);
  return known.has(date);
}

const isObserved = (date: string): boolean =>
  (weekday(date) === 5 && isHoliday(plus(date, 1))) || (weekday(date) === 1 && isHoliday(plus(date, -1)));
const isWeekend = (date: string): boolean => weekday(date) === 0 || weekday(date) === 6;
const isBusiness = (date: string): boolean => !isWeekend(date) && !isHoliday(date) && !isObserved(date);
const isBanking = (date: string): boolean =>
  !isWeekend(date) && !isHoliday(date) && !(weekday(date) === 1 && isHoliday(plus(date, -1)));

function banking(date: string, count: number): string {
  let day = date;
  for (let left = count; left > 0;) if (isBanking((day = plus(day, 1)))) left -= 1;
  return day;
}

/** Preferred days (cadences.md §1): no text or call on a holiday, letters and tasks on business days, Sunday never. */
function isOpen(channel: string, date: string): boolean {
  if (channel === 'letter' || channel === 'approval') return isBusiness(date);
  if (weekday(date) === 0) return false;
  if (channel === 'email') return true;
  if (channel === 'sms') return !isHoliday(date);
  return !isHoliday(date) && (weekday(date) === 6 || isBanking(date));
}

function firstOpen(channel: string, date: string): string {
  let day = date;
  while (!isOpen(channel, day)) day = plus(day, 1);
  return day;
}

function monthLater(date: string, months: number): string {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const first = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;
  const last = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate();
  return first.slice(0, 8) + String(Math.min(Number(date.slice(8)), last)).padStart(2, '0');
}

const localDates = new Map<string, string>();
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string, part: 'date' | 'time'): Intl.DateTimeFormat {
  const key = `${zone} ${part}`;
  const style = part === 'date' ? ({ dateStyle: 'short' } as const) : ({ timeStyle: 'short' } as const);
  const known =
    formats.get(key) ?? new Intl.DateTimeFormat(part === 'date' ? 'en-CA' : 'en-GB', { timeZone: zone, ...style });
  formats.set(key, known);
  return known;
}

// --- the ladder ------------------------------------------------------------------------------------------------

function linesOf(name: LadderName): { lines: Line[]; end: number } {
  const rows = LADDERS[name]
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
  const lines = rows
    .filter(([first]) => first !== 'end')
    .map(([day = '', id = '', channel = '', repeats = '', ...marks]) => ({
      day: Number(day),
      id,
      channel,
      repeats,
      marks,
    }));
  return { lines, end: Number(rows.find(([first]) => first === 'end')?.[1]) };
}

const marked = (line: Line, mark: string): string | null =>
  line.marks.find((each) => each === mark || each.startsWith(`${mark}:`))?.slice(mark.length + 1) ?? null;

/** One planning by the oracle. `zone` is the person's. */
export function expectedNext(facts: CaseFacts, nowMs: number, name: LadderName, zone: string): Expected {
  return new Oracle(facts, nowMs, name, zone).answer();
}

class Oracle {
  readonly facts: CaseFacts;
  readonly nowMs: number;
  readonly zone: string;
  readonly lines: Line[];
  readonly end: number;
  readonly today: string;
  readonly time: string;
  readonly due: string;
  readonly episode: string;

  constructor(facts: CaseFacts, nowMs: number, name: LadderName, zone: string) {
    const { lines, end } = linesOf(name);
    this.facts = facts;
    this.nowMs = nowMs;
    this.zone = zone;
    this.end = end;
    this.today = this.localDate(nowMs);
    this.time = formatOf(zone, 'time').format(nowMs);
    this.due = facts.loan.nextDueOn ?? '';
    this.episode =
      facts.episodeStartedOn === null || facts.episodeStartedOn > this.due ? this.due : facts.episodeStartedOn;
    const first = facts.loan.firstPaymentDefault;
    this.lines = lines.map((line) => ({ ...line, day: first ? Number(marked(line, 'first') ?? line.day) : line.day }));
  }

  localDate(at: number): string {
    const key = `${this.zone} ${at}`;
    const date = localDates.get(key) ?? formatOf(this.zone, 'date').format(at);
    localDates.set(key, date);
    return date;
  }

  answer(): Expected {
    const { loan } = this.facts;
    const least = loan.paymentAmountCents === null ? 2500 : Math.min(2500, loan.paymentAmountCents / 10);
    if (loan.status !== 'active' || loan.handedOver || loan.pastDueCents < Math.max(least, 1) || this.due >= this.today)
      return { kind: 'close' };
    const lanes = {
      contact: this.competing((line) => line.channel !== 'approval'),
      review: this.competing((line) => line.channel === 'approval'),
    };
    for (let day = this.today; ; day = plus(day, 1)) {
      const families = new Set([
        ...this.requiredOn(day),
        ...this.contactOn(day, lanes.contact),
        ...this.leader(lanes.review, day),
        ...this.endOn(day),
      ]);
      if (families.size > 0) return { kind: 'next', on: day, families };
    }
  }

  // what is done

  entries(id: string) {
    return this.facts.stepsDone.filter(({ family, atMs }) => family === id && atMs <= this.nowMs);
  }

  lastDone(line: Line): string | null {
    const taken = this.entries(line.id).filter(({ outcome }) => outcome !== 'skipped' && outcome !== 'refused');
    const days = [
      ...taken.map(({ atMs }) => this.localDate(atMs)),
      ...(line.channel === 'letter' ? this.mailed(line.id) : []),
    ];
    return days.length === 0 ? null : max(...days);
  }

  mailed(id: string): string[] {
    const own = this.facts.lettersMailed.filter(({ family }) => family === id).map(({ mailedOn }) => mailedOn);
    const seen = this.facts.importedContacts.filter(
      ({ channel, code, atMs }) => channel === 'letter' && code === id && atMs <= this.nowMs,
    );
    return [...own, ...seen.map(({ atMs }) => this.localDate(atMs))];
  }

  /** The letters of this delinquency that were mailed by us. */
  mailedSince(id: string): string | null {
    const days = this.facts.lettersMailed.filter(({ family, mailedOn }) => family === id && mailedOn >= this.episode);
    return days.length === 0 ? null : max(...days.map(({ mailedOn }) => mailedOn));
  }

  /** The due date that a line counts from; null: this turn is done. */
  anchor(line: Line): string | null {
    if (line.repeats !== 'each-due') return this.isDone(line, this.due) ? null : this.due;
    let latest: string | null = null;
    for (let k = 0; ; k += 1) {
      const due = monthLater(this.due, k);
      const come = plus(due, line.day) <= this.today;
      if (!this.isDone(line, due)) {
        if (!come) return latest ?? due;
        latest = due;
      } else if (come) latest = null;
    }
  }

  isDone(line: Line, due: string): boolean {
    const keys = [`cycle:${due}`];
    if (line.repeats === 'delinquency') keys.push(`delinquency:${this.episode}`);
    const last = this.lastDone(line);
    if (line.repeats === 'every-180-days')
      keys.push(`180-days:${last === null ? plus(this.due, line.day) : plus(last, 180)}`);
    if (this.entries(line.id).some(({ occurrence }) => keys.includes(occurrence))) return true;
    if (line.channel === 'letter') {
      if (line.repeats === 'cycle') return this.mailed(line.id).some((day) => day > due);
      if (line.repeats === 'delinquency') return this.mailed(line.id).some((day) => day >= this.episode);
      return false;
    }
    if (line.repeats === 'every-180-days') return false;
    const base = plus(due, line.day);
    return this.facts.importedContacts.some(({ channel, code, atMs }) => {
      const day = this.localDate(atMs);
      const served = line.repeats === 'each-due' ? 30 : (USEFUL[line.channel] ?? 0);
      return (
        channel === line.channel && code === null && atMs <= this.nowMs && day >= base && day <= plus(base, served)
      );
    });
  }

  // when it belongs

  base(line: Line, due: string): string {
    const last = this.lastDone(line);
    const day = plus(due, line.day);
    return line.repeats === 'every-180-days' && last !== null ? max(day, plus(last, 180)) : day;
  }

  floor(line: Line): string | null {
    let day = '';
    for (const mark of line.marks.filter((each) => each.startsWith('floor:')).map((each) => each.slice(6))) {
      if (mark === 'cure-notice') day = max(day, plus(this.due, 10)); // MA
      else if (mark === 'cure-act') {
        const { cure } = this.facts;
        if (!cure.covers || (!cure.noticeNeeded && !cure.rows.includes(null))) continue;
        const notice = this.mailedSince('right-to-cure');
        if (notice === null || cure.rows.length === 0 || cure.rows.includes(null)) return null;
        for (const row of cure.rows) day = max(day, plus(notice, this.cureDays(row?.state) + cure.mailGraceDays));
      } else if (mark === 'breach+31') {
        const breach = this.mailedSince('breach');
        if (breach === null) return null;
        day = max(day, plus(breach, 31));
      } else day = max(day, plus(this.due, Number(mark)));
    }
    return day;
  }

  lastDay(line: Line, due: string): { by: string; act: string } | null {
    const by = marked(line, 'by');
    if (by === null) return null;
    const last = this.lastDone(line);
    let on =
      by === 'month-end-120' ? plus(monthLater(`${plus(due, 120).slice(0, 8)}01`, 1), -1) : plus(due, Number(by));
    if (line.repeats === 'every-180-days' && last !== null) on = max(on, plus(last, 180));
    let act = on;
    while (!isBusiness(act)) act = plus(act, -1);
    return { by: on, act };
  }

  /** The day a step belongs to; null: it waits for a letter. */
  scheduled(line: Line, due: string): string | null {
    const floor = this.floor(line);
    if (floor === null) return null;
    const { channel } = marked(line, 'required') === null ? line : this.hours(line);
    const earliest = max(this.base(line, due), floor);
    const limit = this.lastDay(line, due);
    const open = firstOpen(channel, earliest);
    if (limit === null || open <= limit.act || earliest > limit.by) return open;
    let day = limit.act;
    while (!isOpen(channel, day)) day = plus(day, -1);
    return day;
  }

  // what stands in the way

  /** Whether a stop of these kinds stands on a day, seen from today. */
  isStopped(kinds: string[], day: string, actBy: string | null): boolean {
    const { facts } = this;
    if (kinds.includes('hold') && facts.holds.some((hold) => hold.placedAtMs <= this.nowMs && (hold.liftedAtMs === null || hold.liftedAtMs > this.nowMs))) return true; // prettier-ignore
    if (kinds.includes('legal') && facts.legalStops.length > 0) return true;
    if (kinds.includes('plan') && facts.planActive) return true;
    if (kinds.includes('promise')) {
      const open = facts.promises.filter(({ state }) => state === 'open');
      const newest = open
        .toSorted((a, b) => (a.madeOn + a.decideOn + a.id < b.madeOn + b.decideOn + b.id ? -1 : 1))
        .at(-1);
      if (newest !== undefined && (day <= newest.decideOn || newest.decideOn < this.today)) return true;
    }
    if (!kinds.includes('payment')) return false;
    if (actBy !== null && this.today <= actBy && day >= actBy) return false;
    const flying = facts.pendingPayments.filter(({ state, settlesOn, receivedAtMs }) => state === 'in-flight' && banking(settlesOn ?? banking(this.localDate(receivedAtMs), 1), 2) >= this.today); // prettier-ignore
    if (flying.length > 0) return flying.some(({ settlesOn, receivedAtMs }) => day <= banking(settlesOn ?? banking(this.localDate(receivedAtMs), 1), 2)); // prettier-ignore
    const coming = facts.pendingPayments.filter(({ state }) => state === 'in-flight' || state === 'good');
    const left = facts.loan.pastDueCents - coming.reduce((sum, { amountCents }) => sum + amountCents, 0);
    return left < Math.min(2500, (facts.loan.paymentAmountCents ?? 1e9) / 10) || left <= 0;
  }

  isDeferred(line: Line, day: string, due: string): boolean {
    const key = line.repeats === 'delinquency' ? `delinquency:${this.episode}` : line.repeats === 'every-180-days' ? '180-days' : `cycle:${due}`; // prettier-ignore
    return this.facts.deferrals.some(({ family, occurrence, untilMs }) => family === line.id && occurrence.startsWith(key) && (untilMs === null || (untilMs > this.nowMs && this.localDate(untilMs) > day))); // prettier-ignore
  }

  /** Today counts only while its hours last. */
  slotOn(line: Line, day: string): string {
    const closes = line.channel === 'call' && weekday(day) === 6 ? '14:00' : (CLOSES[line.channel] ?? '');
    const open = isOpen(line.channel, day) && !(day === this.today && this.time >= closes);
    return open ? day : this.slotOn(line, plus(day, 1));
  }

  // the lanes

  enters(line: Line): boolean {
    const condition = marked(line, 'if');
    if (condition === 'furnishes') return this.facts.lender.furnishesToBureaus;
    if (condition === 'cure-notice-needed') return this.facts.cure.covers && this.facts.cure.noticeNeeded;
    return true;
  }

  isQuiet(): boolean {
    return !this.facts.planActive && this.facts.promises.every(({ state }) => state !== 'open');
  }

  requiredOn(day: string): string[] {
    return this.lines
      .filter((line) => marked(line, 'required') !== null && this.enters(line))
      .filter((line) => {
        const due = this.anchor(line);
        if (due === null) return false;
        const scheduled = this.scheduled(line, due);
        const stops = marked(line, 'through')?.split(',') ?? [];
        const limit = line.id === 'charge-off-memo' || line.id === 'charge-to-value' ? null : this.lastDay(line, due);
        if (scheduled === null || scheduled > day || this.isDeferred(line, day, due)) return false;
        if (line.channel === 'letter' && this.isTooSoon(line, day)) return false;
        return !this.isStopped(stops, day, limit?.act ?? null) && this.slotOn(this.hours(line), day) === day;
      })
      .map(({ id }) => id);
  }

  /** What goes to a person keeps a desk's hours: a legal stop sends notices and live contact there. */
  hours(line: Line): Line {
    return this.facts.legalStops.length > 0 ? { ...line, channel: 'approval' } : line;
  }

  isTooSoon(line: Line, day: string): boolean {
    const last = this.lastDone(line);
    return last !== null && line.channel !== 'approval' && between(last, day) < 25;
  }

  endOn(day: string): string[] {
    const first = plus(this.due, this.end);
    let renewal = Math.max(0, Math.floor(between(first, this.today) / 30));
    const keys = this.entries('manager-review').map(({ occurrence }) => occurrence);
    while (keys.includes(`cycle:${this.due}:renewal-${renewal}`)) renewal += 1;
    const scheduled = firstOpen('approval', plus(first, 30 * renewal));
    const line: Line = { day: 0, id: 'manager-review', channel: 'approval', repeats: '', marks: [] };
    return scheduled <= day && this.slotOn(line, day) === day ? ['manager-review'] : [];
  }

  contactOn(day: string, ladder: { line: Line; on: string }[]): string[] {
    const contacted = this.facts.stepsDone.some(({ family, atMs, channel, outcome }) => {
      const legal =
        channel === 'letter' && this.lines.some((line) => line.id === family && marked(line, 'required') !== null);
      const went = outcome === 'sent' || outcome === 'done' || outcome === 'pending';
      return (
        went &&
        channel !== null &&
        channel !== 'approval' &&
        !legal &&
        atMs <= this.nowMs &&
        this.localDate(atMs) === day
      );
    });
    const { paidInsideGraceCount } = this.facts.graceHabit;
    const grace = this.facts.loan.graceDays ?? 0;
    if (contacted || (paidInsideGraceCount >= 4 && grace > 0 && day <= plus(this.due, grace))) return [];
    const call = this.brokenPromise();
    if (call !== null) {
      const line: Line = { day: 0, id: 'broken-promise-call', channel: 'call', repeats: '', marks: [] };
      const useful = (from: string): boolean => between(call, this.slotOn(line, max(from, call))) <= 5;
      if (useful(this.today)) {
        const stopped = this.isStopped(['payment', 'promise', 'plan', 'hold', 'legal'], day, null);
        return call <= day && !stopped && useful(day) && this.slotOn(line, day) === day ? [line.id] : [];
      }
    }
    return this.leader(ladder, day);
  }

  brokenPromise(): string | null {
    const broken = this.facts.promises.filter(({ state, brokenOn }) => state === 'broken' && brokenOn !== null);
    const latest = broken.toSorted((a, b) => ((a.brokenOn ?? '') + a.id < (b.brokenOn ?? '') + b.id ? -1 : 1)).at(-1);
    if (latest === undefined) return null;
    const done = this.entries('broken-promise-call').some(({ occurrence }) => occurrence === `promise:${latest.id}`);
    const from = latest.brokenOn ?? '';
    const called = this.facts.importedContacts.some(({ channel, code, atMs }) => channel === 'call' && code === null && atMs <= this.nowMs && this.localDate(atMs) >= banking(from, 1) && this.localDate(atMs) <= plus(banking(from, 1), 5)); // prettier-ignore
    return done || called ? null : firstOpen('call', banking(from, 1));
  }

  /** Undone steps of a lane with their days, in order; what a weekend puts on one day goes on two. */
  competing(inLane: (line: Line) => boolean): { line: Line; on: string }[] {
    const found: { line: Line; on: string; base: string }[] = [];
    for (const line of this.lines) {
      if (!inLane(line) || marked(line, 'required') !== null || !this.enters(line)) continue;
      const due = this.anchor(line);
      if (due === null) continue;
      const waits = marked(line, 'quiet') !== null && !this.isQuiet();
      const on = this.scheduled(line, due);
      const base = this.base(line, due);
      const last = this.lastDone(line);
      if (
        on !== null &&
        last !== null &&
        line.channel !== 'approval' &&
        plus(last, 25) > plus(on, USEFUL[line.channel] ?? 0)
      )
        continue;
      if (this.isBehind(line, on ?? base, base)) continue;
      found.push({
        line: waits || on === null ? { ...line, marks: [...line.marks, 'never'] } : line,
        on: on ?? firstOpen(line.channel, base),
        base,
      });
    }
    found.sort((a, b) => (a.on + a.base < b.on + b.base ? -1 : 1));
    let last = '';
    return found.map(({ line, on }) => {
      last = on > last ? on : firstOpen(line.channel, plus(last, 1));
      return { line, on: last };
    });
  }

  /** A ladder does not go back behind a step of the same lane that is done in this pass. */
  isBehind(line: Line, on: string, base: string): boolean {
    return this.lines.some((other) => {
      const sameLane = (other.channel === 'approval') === (line.channel === 'approval');
      if (!sameLane || marked(other, 'required') !== null || plus(this.due, other.day) <= base) return false;
      return this.entries(other.id).some(({ occurrence, outcome, atMs }) => {
        const day = this.localDate(atMs);
        const taken = outcome === 'sent' || outcome === 'done' || outcome === 'pending';
        const ofPass =
          occurrence === `cycle:${this.due}` || (other.repeats !== 'cycle' && day >= plus(this.due, other.day - 4));
        return taken && ofPass && on <= day;
      });
    });
  }

  leader(steps: { line: Line; on: string }[], day: string): string[] {
    for (const { line, on } of steps.toReversed()) {
      const due = this.anchor(line) ?? this.due;
      if (on > day || line.marks.includes('never')) continue;
      if (this.isStopped(['payment', 'promise', 'plan', 'hold', 'legal'], day, null)) continue;
      if (this.isDeferred(line, day, due) || (line.channel !== 'approval' && this.isTooSoon(line, day))) continue;
      if (marked(line, 'deadline-stated') !== null && this.cureRuns(day)) continue;
      const slot = this.slotOn(line, day);
      const asks = marked(line, 'asks') !== null;
      if (!asks && between(on, slot) > (USEFUL[line.channel] ?? 0)) continue;
      return slot === day ? [line.id] : [];
    }
    return [];
  }

  /** Days from the notice to the act. A homestead in Iowa has 30 days to cure (654.2D). */
  cureDays(state: string | undefined): number {
    if (state === 'IA' && this.facts.cure.homesteadMortgage) return 31;
    return CURE_ACTS[state ?? ''] ?? 0;
  }

  /** A right-to-cure (MA: 21 days) or breach period (30 days) that runs today still runs on this day. */
  cureRuns(day: string): boolean {
    const periods = [
      {
        from: this.mailedSince('right-to-cure'),
        days: Math.max(0, ...this.facts.cure.rows.map((row) => this.cureDays(row?.state) - 1)),
      },
      { from: this.mailedSince('breach'), days: 30 },
    ];
    return periods.some(({ from, days }) => from !== null && plus(from, days) >= this.today && day <= plus(from, days));
  }
}
