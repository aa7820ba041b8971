import type { Command } from 'commander';
import type { CasePage } from '../api/schemas/cases.ts';
import type { Reason } from '../api/schemas/common.ts';
import type { DecisionView, TimelineEntry } from '../api/schemas/timeline.ts';
import type { WhySend } from '../api/schemas/why.ts';
import type { Pool } from '../prisma/pool.ts';
import { CommandRefused, carryOut, withRunningInstance } from './instance-db.ts';

/** `makegood why`: the explanation that an examiner reads, from the same read functions as the case page. */
export function registerWhy(program: Command): void {
  program
    .command('why')
    .description('explains an account, a case or one message: what happened, what comes next, and why not sooner')
    .argument('<subject>', 'loan number, loan id, case id or send id')
    .option('--json', 'one JSON object')
    .option('--lines <n>', 'lines of the timeline', '40')
    .action((subject: string, { json, lines }: { json?: true; lines: string }) =>
      carryOut(() =>
        withRunningInstance(async ({ pool, run }) => {
          const zone = run.environment['MAKEGOOD_LENDER_TIME_ZONE'] ?? 'America/New_York';
          const answer = await explain(pool, { subject, zone, lines: Number(lines) });
          console.log(
            json === true
              ? JSON.stringify(answer)
              : answer.kind === 'send'
                ? sendText(answer.send).join('\n')
                : accountText(answer).join('\n'),
          );
        }),
      ),
    );
}

export type Explained =
  | { kind: 'account'; page: CasePage; timeline: TimelineEntry[] }
  | { kind: 'send'; send: WhySend };

/** Whoever reads the database by command sees every account. */
const EVERYTHING = { opensEmployeeLoans: true, customerNumber: null };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws CommandRefused when nothing has that number or id */
export async function explain(pool: Pool, asked: { subject: string; zone: string; lines: number }): Promise<Explained> {
  const [{ findVisibleLoan }, { loanOf }, { lookFor }, { readCasePage }, { readTimeline }, { readWhySend }] =
    await Promise.all([
      import('../prisma/sight.ts'),
      import('../prisma/read/loan-of.ts'),
      import('../prisma/read/moment.ts'),
      import('../prisma/read/case-page.ts'),
      import('../prisma/read/timeline.ts'),
      import('../prisma/read/why.ts'),
    ]);
  const { subject } = asked;
  const isId = UUID.test(subject);
  const send = isId ? await readWhySend(pool, subject, (value) => value) : null;
  if (send !== null) return { kind: 'send', send };
  const loanId =
    (await findVisibleLoan(pool, EVERYTHING, subject)) ??
    (isId ? await loanOf(pool, EVERYTHING, 'case', subject) : null);
  if (loanId === null)
    throw new CommandRefused(
      `Nothing is known under ${subject}: give a loan number, or the id of a loan, a case or a send.`,
    );
  const look = await lookFor(pool, EVERYTHING, asked.zone);
  const page = await readCasePage(pool, loanId, look, { me: 'makegood why', unmasked: true });
  if (page === null) throw new CommandRefused(`Loan ${subject} is gone.`);
  const { rows } = await readTimeline(pool, {
    loanId,
    limit: Math.max(1, Math.min(asked.lines, 1000)),
    unmasked: true,
  });
  return { kind: 'account', page, timeline: rows };
}

const money = (cents: number): string => (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
const reasonLine = (reason: Reason): string =>
  `${reason.words} [${reason.rule}; ${reason.kind === 'policy' ? 'bank policy' : reason.kind}${reason.citation === null ? '' : `; ${reason.citation}`}]`;

const overrideLines = ({ override }: DecisionView): string[] =>
  override === null
    ? []
    : [
        `bank policy set aside by ${override.name} (${override.by}) at ${override.at}: ${override.reason} [${override.rules.join(', ')}${override.of === null && override.usedBy === null ? '; not used yet' : ''}]`,
      ];

function accountText({ page, timeline }: Extract<Explained, { kind: 'account' }>): string[] {
  const { loan, balances } = page;
  const next =
    page.next === null
      ? ['No case is open: nothing is planned.']
      : [
          `Next: ${page.next.title}${page.next.at === null ? '' : ` at ${page.next.at}`}`,
          `  because ${page.next.because}`,
          ...page.next.whyNotSooner.map((reason) => `  not sooner: ${reasonLine(reason)}`),
        ];
  return [
    `Loan ${loan.loanNumber} (${loan.product}, ${loan.status}) at ${page.businessNow}`,
    `${balances.daysPastDue} days past due, ${money(balances.pastDueCents)} past due, ${money(balances.pendingCents)} pending, asks for ${money(balances.askCents)}; the core's word of ${loan.coreAsOf ?? 'never'}`,
    page.case === null
      ? 'No open case'
      : `Case ${page.case.id} since ${page.case.openedOn}, policy ${page.case.policy} version ${page.case.policyVersion}, at step ${page.case.step ?? 'none yet'}`,
    ...next,
    ...page.people.flatMap((person) => [
      `${person.name}, ${person.role}; ${person.localTime.zones.join(', ')}; hours ${person.localTime.openNow ? 'open' : `closed until ${person.localTime.opensAt ?? 'unknown'}`}`,
      ...person.stops.map((stop) => `  stop: ${stop.kind} since ${stop.at} (${stop.source})`),
      ...page.channels
        .filter((channel) => channel.personId === person.id)
        .flatMap((channel) => [
          `  ${channel.channel}: ${channel.decision}${channel.nextAllowedAt === null ? '' : ` ${channel.nextAllowedAt}`}${channel.budget === null ? '' : `, ${channel.budget.used} of ${channel.budget.of} used`}`,
          ...channel.reasons.map((reason) => `    ${reasonLine(reason)}`),
        ]),
    ]),
    ...page.holds
      .filter((hold) => hold.liftedAt === null)
      .map((hold) => `Hold: ${hold.reason} by ${hold.placedBy}, review on ${hold.reviewOn}`),
    ...page.promises
      .slice(0, 5)
      .map(
        (promise) =>
          `Promise: ${promise.amountCents === null ? 'no amount' : money(promise.amountCents)} by ${promise.dueOn}: ${promise.state}`,
      ),
    '',
    ...timeline.flatMap((entry) => [
      `${entry.at}  ${entry.title}${entry.detail === null ? '' : `: ${entry.detail}`}  (${entry.actor})`,
      ...(entry.decision === null
        ? []
        : [...entry.decision.reasons.map(reasonLine), ...overrideLines(entry.decision)].map(
            (line) => `                            ${line}`,
          )),
      ...entry.changes.map(
        (change) => `                            ${change.field}: ${change.from ?? 'empty'} → ${change.to ?? 'empty'}`,
      ),
    ]),
  ];
}

function sendText({ send, person, items, attempts, why }: WhySend): string[] {
  return [
    `${send.channel} ${send.id} to ${person?.name ?? 'nobody known'} at ${send.to}: ${send.status}`,
    `template ${send.template} (${send.language}), decided ${send.decidedAt}, sent ${send.sentAt ?? 'never'}, provider ${send.providerId ?? 'none'}`,
    ...items.map(
      (item) =>
        `for loan ${item.loanNumber}: ${item.policy ?? 'no policy'} ${item.policyVersion ?? ''} step ${item.step ?? item.family}, ${item.occurrence}`,
    ),
    ...attempts.map(
      (each) =>
        `attempt ${each.attempt} claimed ${each.claimedAt}: ${each.outcome ?? 'open'}${each.detail === null ? '' : ` (${each.detail})`}`,
    ),
    ...(why === null
      ? ['No decision is stored with it.']
      : [
          `decision ${why.decision.id} at ${why.decision.at}: ${why.decision.decision}, rules ${why.decision.rulesetVersion}, facts ${why.decision.factsHash}`,
          ...[...why.decision.reasons.map(reasonLine), ...overrideLines(why.decision)].map((line) => `  ${line}`),
          why.again === null
            ? 'It cannot be asked again: its facts are not stored.'
            : `Asked again with the same facts under ${why.again.ruleset === 'same' ? 'the same' : 'today’s'} rules: ${why.again.decision}, ${why.again.identical ? 'identical' : 'DIFFERENT'}.`,
        ]),
    '',
    send.body,
  ];
}
