import type { Permission } from '../../../../api/schemas/session.ts';
import type { WorkItem } from '../../../../api/schemas/work.ts';
import type { WorkDoes } from './keys.ts';

/** What may be done to an item once it is at hand. */
export type Doing = Exclude<WorkDoes, 'next-row' | 'previous-row' | 'open' | 'get-next' | 'skip' | 'search' | 'help'>;

interface Offered {
  does: Doing;
  label: string;
  key: string;
  form: boolean;
  main: boolean;
}

/** The acts that an item offers to this person, the one it was made for first. */
export function doingsOf(
  item: WorkItem,
  given: { may: (permission: Permission) => boolean; hasAccount: boolean },
): Offered[] {
  const { may, hasAccount } = given;
  const all: (Omit<Offered, 'main'> & { when: boolean; main?: boolean })[] = [
    {
      does: 'call',
      label: 'Log call',
      key: 'L',
      form: true,
      main: true,
      when: item.kind === 'call' && may('work.act') && hasAccount,
    },
    {
      does: 'approve',
      label: 'Approve and next',
      key: 'A',
      form: false,
      main: true,
      when: item.kind === 'approval' && may('approval.vote'),
    },
    { does: 'refuse', label: 'Refuse', key: 'X', form: true, when: item.kind === 'approval' && may('approval.vote') },
    {
      does: 'label',
      label: 'Say what it means',
      key: 'R',
      form: true,
      main: true,
      when: item.kind === 'reply' && may('reply.label'),
    },
    {
      does: 'close',
      label: item.kind === 'unconfirmed' ? 'Settle' : 'Done',
      key: 'D',
      form: true,
      main: true,
      when: !['call', 'approval', 'reply'].includes(item.kind) && may('work.act'),
    },
    { does: 'promise', label: 'Promise', key: 'P', form: true, when: hasAccount && may('promise.make') },
    { does: 'payment', label: 'Payment', key: 'M', form: true, when: hasAccount && may('payment.take') },
    { does: 'hold', label: 'Hold', key: 'H', form: true, when: hasAccount && may('hold.place') },
    { does: 'note', label: 'Note', key: 'N', form: true, when: hasAccount && may('note.write') },
    { does: 'assign', label: 'Give to…', key: 'T', form: true, when: may('work.assign') },
    { does: 'case', label: 'Case', key: 'C', form: false, when: item.loan !== null && may('loan.read') },
  ];
  return all
    .filter((each) => each.when)
    .map(({ does, label, key, form, main = false }) => ({ does, label, key, form, main }));
}
