import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { CasePage } from '../../../../api/schemas/cases.ts';
import type { Rank, WorkItem } from '../../../../api/schemas/work.ts';
import { api } from '../../lib/api.ts';
import { clockTime, day, dollars, when, withoutLabel, words } from '../../lib/format.ts';
import { useBusinessNow, useMay, useZone } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { RouteAnchor } from '../../ui/links.tsx';
import { Tag } from '../../ui/tag.tsx';
import { accountOf } from '../actions/account.ts';
import { OpenAction } from '../actions/action-bar.tsx';
import { AssignForm } from './assign-form.tsx';
import { ItemFacts } from './item-facts.tsx';
import { CloseForm, LabelForm, RefuseForm, SettleForm, useVote } from './item-forms.tsx';
import { doingsOf } from './doings.ts';
import type { Doing } from './doings.ts';
import { readItem } from './use-work.ts';
import { Notice } from '../../ui/notice.tsx';

export type { Doing } from './doings.ts';

interface Given {
  id: string;
  rank: Rank | null;
  doing: Doing | null;
  onDoing: (doing: Doing | null) => void;
  onFinished: () => void;
  onBack: () => void;
}

/** The item at hand: what is asked, what decided it, what may be done; each act in place. */
export function ItemCard(given: Given): ReactNode {
  const item = useQuery(readItem(given.id));
  return (
    <Card withBorder padding="sm" component="section" aria-label="Item">
      <Button variant="default" size="compact-sm" mb="xs" hiddenFrom="md" onClick={given.onBack}>
        Back to the queue
      </Button>
      <Answer query={item}>{(data) => <Item {...given} item={data} />}</Answer>
    </Card>
  );
}

function Item({ item, rank, doing, onDoing, onFinished }: Given & { item: WorkItem }): ReactNode {
  const zone = useZone();
  const now = useBusinessNow();
  const may = useMay();
  const navigate = useNavigate();
  const loanId = item.loan?.id;
  const page = useQuery({
    queryKey: ['loan', loanId],
    queryFn: ({ signal }) => api.get<CasePage>(`/api/loans/${loanId ?? ''}`, signal),
    enabled: loanId !== undefined && may('loan.read'),
  });
  const account =
    page.data === undefined
      ? null
      : {
          ...accountOf(page.data, zone),
          callItemId: item.kind === 'call' ? item.id : null,
          callPersonId: item.person?.id ?? null,
        };
  const { vote, command: voting } = useVote(item, onFinished);
  const doings = doingsOf(item, { may, hasAccount: account !== null });
  const allowed = doing !== null && doings.some((each) => each.does === doing);

  // Two acts need no form: they happen at the key.
  useEffect(() => {
    if (!allowed) return;
    if (doing === 'approve') {
      onDoing(null);
      vote({ vote: 'approve' });
    }
    if (doing === 'case' && loanId !== undefined) void navigate({ to: '/loans/$loan', params: { loan: loanId } });
  }, [doing, allowed, loanId, navigate, onDoing, vote]);

  const close = (): void => onDoing(null);
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="baseline" gap="xs">
        <Title order={2}>{item.title}</Title>
        <Group gap={6}>
          <Tag>{words(item.kind)}</Tag>
          {item.urgent ? <Tag tone="bad">urgent</Tag> : null}
          {item.state === 'open' ? null : <Tag tone="good">{item.state}</Tag>}
          {item.lease === null ? null : (
            <Tag tone="info">
              {item.lease.mine ? `yours until ${clockTime(item.lease.until, zone)}` : `with ${item.lease.by}`}
            </Tag>
          )}
        </Group>
      </Group>
      {item.loan === null ? null : (
        <Text size="sm">
          <b>{item.person?.name ?? ''}</b>{' '}
          <RouteAnchor to="/loans/$loan" params={{ loan: item.loan.id }} inherit>
            {item.loan.loanNumber}
          </RouteAnchor>
          , {words(item.loan.product)}, {item.loan.daysPastDue} days, {dollars(item.loan.pastDueCents)} past due
          {item.loan.pendingCents > 0 ? `, ${dollars(item.loan.pendingCents)} pending` : ''}
          {item.zone === null ? '' : `, ${clockTime(now, item.zone)} there`}{' '}
          {item.openNow === null ? null : (
            <Tag tone={item.openNow ? 'good' : 'warn'}>{item.openNow ? 'open' : 'closed'}</Tag>
          )}
        </Text>
      )}
      {rank === null ? null : <RankLine rank={rank} />}
      <Text size="sm">
        <b>Next:</b> {withoutLabel(item.next)}
        {item.promise === null
          ? ''
          : `. Promise ${dollars(item.promise.amountCents)} by ${day(item.promise.dueOn)}, ${item.promise.state}`}
      </Text>
      <Text size="xs" c="dimmed">
        Asked for by {item.requestedBy}, due {when(item.dueAt, zone)}, {item.team}
        {item.owner === null ? '' : `, owner ${item.owner}`}
      </Text>
      {item.state !== 'open' ? null : (
        <Group gap={6}>
          {doings.map((each) => (
            <Button
              key={each.does}
              size="compact-md"
              variant={each.main ? 'filled' : 'default'}
              aria-expanded={each.form ? doing === each.does : undefined}
              aria-keyshortcuts={each.key}
              loading={each.does === 'approve' && voting.isPending}
              onClick={() => onDoing(each.does)}
            >
              {each.label} <kbd className="key key-after">{each.key}</kbd>
            </Button>
          ))}
        </Group>
      )}
      {voting.error === null ? null : (
        <Notice tone="bad" role="alert">
          {voting.error.message}
        </Notice>
      )}
      {allowed && item.state === 'open' ? (
        <Form
          doing={doing}
          item={item}
          account={account}
          onClose={close}
          onFinished={onFinished}
          onRefuse={(reason) => vote({ vote: 'refuse', reason })}
          refusing={voting.isPending}
        />
      ) : null}
      <ItemFacts item={item} page={page.data ?? null} />
    </Stack>
  );
}

interface FormGiven {
  doing: Doing;
  item: WorkItem;
  account: ReturnType<typeof accountOf> | null;
  onClose: () => void;
  onFinished: () => void;
  onRefuse: (reason: string) => void;
  refusing: boolean;
}

function Form({ doing, item, account, onClose, onFinished, onRefuse, refusing }: FormGiven): ReactNode {
  switch (doing) {
    case 'assign':
      return <AssignForm item={item} onClose={onClose} />;
    case 'refuse':
      return <RefuseForm pending={refusing} onRefuse={onRefuse} onClose={onClose} />;
    case 'label':
      return <LabelForm item={item} onClose={onClose} onFinished={onFinished} />;
    case 'close':
      return item.kind === 'unconfirmed' ? (
        <SettleForm item={item} onClose={onClose} onFinished={onFinished} />
      ) : (
        <CloseForm item={item} onClose={onClose} onFinished={onFinished} />
      );
    case 'call':
    case 'promise':
    case 'payment':
    case 'hold':
    case 'note':
      return account === null ? null : (
        <OpenAction
          name={doing}
          account={account}
          onClose={onClose}
          {...(doing === 'call' ? { onLogged: onFinished } : {})}
        />
      );
    case 'approve':
    case 'case':
      return null;
  }
}

/** Why this one first: the three terms of its rank and the words that explain them. */
function RankLine({ rank }: { rank: Rank }): ReactNode {
  const terms = [
    { label: 'Value at risk', value: rank.valueAtRisk },
    { label: 'Chance of contact', value: rank.chanceOfContact },
    { label: 'Deadline', value: rank.deadline },
  ];
  return (
    <div className="rank" data-testid="rank">
      <Text size="sm" fw={600}>
        Why this one first
      </Text>
      <div className="rank-terms">
        {terms.map((term) => (
          <label key={term.label}>
            {term.label} <meter min={0} max={1} value={term.value} /> {Math.round(term.value * 100)} %
          </label>
        ))}
      </div>
      <Text size="sm">{rank.because.join(' ')}</Text>
    </div>
  );
}
