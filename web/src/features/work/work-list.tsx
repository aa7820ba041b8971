import { Button, Skeleton, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { WorkRow } from '../../../../api/schemas/work.ts';
import { clockTime, day, dollars, when, withoutLabel, words } from '../../lib/format.ts';
import { useBusinessNow, useSession } from '../../lib/session.ts';
import { Tag } from '../../ui/tag.tsx';
import type { Work } from './use-work.ts';
import { Notice } from '../../ui/notice.tsx';

/** Everything needed to choose: who, how late, how much, what next and why, what is left of the caps, their time. */
export function WorkList({ work }: { work: Work }): ReactNode {
  const { list, rows } = work;
  return (
    <section className="work-list" aria-label="Queue" aria-busy={list.isPending}>
      {list.isError ? (
        <Notice tone="bad" role="alert">
          {list.error.message}
        </Notice>
      ) : null}
      {list.isPending ? <Skeleton height={200} /> : null}
      {!list.isPending && rows.length === 0 ? (
        <Text c="dimmed" p="md">
          Nothing waits here.
        </Text>
      ) : null}
      <ul className="plain-list">
        {rows.map((row) => (
          <li key={row.id}>
            <Row row={row} chosen={row.id === work.chosen} onChoose={() => work.choose(row.id)} />
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button variant="subtle" fullWidth loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </section>
  );
}

function Row({ row, chosen, onChoose }: { row: WorkRow; chosen: boolean; onChoose: () => void }): ReactNode {
  const { data: session } = useSession();
  const now = useBusinessNow();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) button.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <button
      ref={button}
      type="button"
      className="work-row"
      aria-current={chosen ? 'true' : undefined}
      onClick={onChoose}
    >
      <span className="work-row-head">
        <b>{row.person?.name ?? row.title}</b>
        {row.loan === null ? null : <span>{dollars(row.loan.pastDueCents - row.loan.pendingCents)}</span>}
      </span>
      <span className="work-row-line">
        {row.loan === null ? null : (
          <>
            {row.loan.loanNumber} · {words(row.loan.product)} · {row.loan.daysPastDue} days
          </>
        )}
      </span>
      <span className="work-row-line">{withoutLabel(row.next)}</span>
      <span className="work-row-tags">
        <Tag>{words(row.kind)}</Tag>
        {row.urgent ? <Tag tone="bad">urgent</Tag> : null}
        {row.escalatedAt === null ? null : <Tag tone="warn">overdue</Tag>}
        {row.promise === null ? null : (
          <Tag tone={row.promise.state === 'broken' ? 'bad' : 'info'}>
            promise {day(row.promise.dueOn)} {row.promise.state}
          </Tag>
        )}
        {row.budget.map((budget) => (
          <Tag key={budget.channel} tone={budget.used >= budget.of ? 'warn' : 'quiet'}>
            {budget.channel === 'sms' ? 'SMS' : budget.channel} {budget.used} of {budget.of}
          </Tag>
        ))}
        {row.kind !== 'call' || row.callsFrom === null ? null : (
          <Tag tone="warn">spoken with, calls from {day(row.callsFrom)}</Tag>
        )}
        {row.zone === null || row.openNow === null ? null : (
          <Tag tone={row.openNow ? 'good' : 'warn'}>
            {clockTime(now, row.zone)} {row.openNow ? 'open' : 'closed'}
          </Tag>
        )}
        {row.lease === null ? null : <Tag tone="info">{row.lease.mine ? 'yours' : `with ${row.lease.by}`}</Tag>}
        <span className="work-row-due">due {when(row.dueAt, session?.lender.zone ?? 'UTC')}</span>
      </span>
    </button>
  );
}
