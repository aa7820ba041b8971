import type { LinkPage } from '../../../api/schemas/self-service.ts';
import { typedCents } from '../lib/money.ts';
import { field, h, typed } from './dom.ts';
import { onSubmit, show } from './view.ts';
import { Refused, server } from './server.ts';
import { cutOff, day, dollars } from './words.ts';

/** An amount typed, then everything said before it is confirmed: cut-off, date of credit, no fee. */
export function payForm(token: string, page: LinkPage, back: () => void): HTMLElement {
  const loans = page.accounts;
  const form = h(
    'form',
    { 'aria-label': 'Pay' },
    loans.length > 1 ? loanChoice(page) : null,
    field('Amount in dollars', { name: 'amount', inputmode: 'decimal', placeholder: '0.00' }),
    h(
      'fieldset',
      {},
      h('legend', {}, 'Pay from'),
      h('label', {}, h('input', { type: 'radio', name: 'method', value: 'ach', checked: true }), ' Bank account'),
      h('label', {}, h('input', { type: 'radio', name: 'method', value: 'card' }), ' Debit card'),
    ),
    h('button', {}, 'Continue'),
  );
  onSubmit(form, async () => {
    const cents = typedCents(typed(form, 'amount'));
    if (cents === null || cents < 100) throw new Refused('Enter an amount of at least $1.00, such as 120.50.');
    const loan = typed(form, 'loan');
    confirm({
      token,
      page,
      back,
      cents,
      method: typed(form, 'method') === 'card' ? 'card' : 'ach',
      loan: loan === '' ? undefined : loan,
    });
  });
  return h('section', { class: 'card' }, h('h2', {}, 'Pay'), form);
}

interface Confirming {
  token: string;
  page: LinkPage;
  back: () => void;
  cents: number;
  method: 'ach' | 'card';
  loan: string | undefined;
}

function confirm({ token, page, back, cents, method, loan }: Confirming): void {
  // One key for this confirmation: a second tap, or a retry after a lost answer, pays once.
  const key = crypto.randomUUID();
  const form = h(
    'form',
    {},
    h('button', {}, `Pay ${dollars(cents)} now`),
    h('button', { type: 'button', class: 'second', onclick: back }, 'Back'),
  );
  onSubmit(form, async () => {
    const receipt = await server.pay(
      { token, amountCents: cents, method, ...(loan === undefined ? {} : { loan }) },
      key,
    );
    show(
      h('h1', {}, 'Payment received'),
      h(
        'dl',
        { 'data-testid': 'receipt' },
        h('dt', {}, 'Amount'),
        h('dd', {}, dollars(receipt.amountCents)),
        h('dt', {}, 'Counts as of'),
        h('dd', {}, day(receipt.creditedOn)),
        h('dt', {}, 'Fee'),
        h('dd', {}, 'None'),
        h('dt', {}, 'Reference'),
        h('dd', {}, receipt.traceId),
      ),
      h('p', {}, 'Keep the reference. It is pending until the bank’s books show it.'),
      h('button', { type: 'button', class: 'second', onclick: () => window.print() }, 'Print'),
      h('p', {}, h('a', { href: '#', onclick: goBack(back) }, 'Back to the start')),
    );
  });
  show(
    h('h1', {}, `Pay ${dollars(cents)}?`),
    h(
      'dl',
      {},
      h('dt', {}, 'From'),
      h('dd', {}, method === 'ach' ? 'Your bank account' : 'Your debit card'),
      h('dt', {}, 'Fee'),
      h('dd', {}, 'None'),
      h('dt', {}, 'Counts as of'),
      h('dd', {}, day(page.cutOff.creditedOn)),
    ),
    h(
      'p',
      { class: 'hint' },
      `Payments made by ${cutOff(page.cutOff.at, page.cutOff.zone)} on a business day count that day.`,
    ),
    form,
  );
}

export function loanChoice(page: LinkPage): HTMLElement {
  return h(
    'p',
    { class: 'field' },
    h('label', { for: 'f-loan' }, 'Loan'),
    h(
      'select',
      { id: 'f-loan', name: 'loan' },
      ...page.accounts.map((account) =>
        h('option', { value: account.id }, `${account.product} ending ${account.loanEnding}`),
      ),
    ),
  );
}

const goBack =
  (back: () => void) =>
  (event: Event): void => {
    event.preventDefault();
    back();
  };
