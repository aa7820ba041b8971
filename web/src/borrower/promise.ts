import type { LinkPage } from '../../../api/schemas/self-service.ts';
import { typedCents } from '../lib/money.ts';
import { field, h, typed } from './dom.ts';
import { loanChoice } from './pay.ts';
import { Refused, server } from './server.ts';
import { onSubmit, show } from './view.ts';
import { day, dollars } from './words.ts';

/** A date and an amount, for who cannot pay today. */
export function promiseForm(token: string, page: LinkPage, back: () => void): HTMLElement {
  const key = crypto.randomUUID();
  const form = h(
    'form',
    { 'aria-label': 'Promise' },
    page.accounts.length > 1 ? loanChoice(page) : null,
    field('Amount you will pay, in dollars', { name: 'promised', inputmode: 'decimal', placeholder: '0.00' }),
    field('On', { name: 'on', type: 'date' }),
    h('button', { class: 'second' }, 'Promise'),
  );
  onSubmit(form, async () => {
    const amountCents = typedCents(typed(form, 'promised'));
    const dueOn = typed(form, 'on');
    const loan = typed(form, 'loan');
    if (amountCents === null || amountCents < 100 || dueOn === '')
      throw new Refused('Enter an amount of at least $1.00 and a date.');
    const made = await server.promise({ token, amountCents, dueOn, ...(loan === '' ? {} : { loan }) }, key);
    show(
      h('h1', {}, made.state === 'open' ? 'Thank you' : 'We will look at it'),
      h(
        'p',
        {},
        `${dollars(made.amountCents)} by ${day(made.dueOn)}. ${made.state === 'open' ? 'We will wait for it.' : 'Somebody at the bank has to agree to this date; we will tell you.'}`,
      ),
      h('button', { type: 'button', class: 'second', onclick: back }, 'Back to the start'),
    );
  });
  return h('section', { class: 'card' }, h('h2', {}, 'Can’t pay today? Promise a date'), form);
}
