import './page.css';
import type { LinkPage } from '../../../api/schemas/self-service.ts';
import { field, h, typed } from './dom.ts';
import { payForm } from './pay.ts';
import { promiseForm } from './promise.ts';
import { Refused, server } from './server.ts';
import { onSubmit, show } from './view.ts';
import { day, dollars, phone } from './words.ts';

async function begin(): Promise<void> {
  const token = window.location.hash.slice(1);
  if (token === '') return startView();
  try {
    view(token, await server.open(token));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    show(
      h('h1', {}, 'This link does not open'),
      h('p', { role: 'alert' }, error.message),
      h('p', {}, h('a', { href: '/p', onclick: () => startView() }, 'Start with your loan number')),
      stopLine(),
    );
  }
}

/** Without a link: the whole loan number and the ZIP. */
function startView(): void {
  const form = h(
    'form',
    {},
    field('Loan number', { name: 'loan', required: true }),
    field('ZIP code of your mailing address', { name: 'zip', inputmode: 'numeric', maxlength: '5' }),
    h('button', {}, 'Continue'),
  );
  onSubmit(form, async () => {
    const zip = typed(form, 'zip');
    const loanNumber = typed(form, 'loan');
    if (loanNumber.length < 4 || !/^\d{5}$/.test(zip))
      throw new Refused('Enter your whole loan number and a five-digit ZIP code.');
    const { token } = await server.start({ loanNumber, zip });
    window.location.hash = token;
  });
  show(h('h1', {}, 'Make a payment'), form, stopLine());
}

function view(token: string, page: LinkPage): void {
  const { lender, verified } = page;
  show(
    h('h1', {}, `Pay ${lender.name}`),
    h('p', { class: 'hint' }, `To be sure it is us, call ${phone(lender.phone)}, or the number on your statement.`),
    ...page.accounts.map((account) =>
      h(
        'section',
        { class: 'card', 'aria-label': `Loan ending ${account.loanEnding}` },
        h('h2', {}, `${account.firstName}, your ${account.product} loan ending ${account.loanEnding}`),
        h(
          'dl',
          {},
          ...pair('Past due', dollars(account.pastDueCents)),
          ...(account.pendingCents > 0 ? pair('Payments on their way', dollars(account.pendingCents)) : []),
          ...pair('Due since', day(account.nextDueOn)),
          ...(account.promise === null
            ? []
            : pair(
                'You promised',
                `${account.promise.amountCents === null ? '' : `${dollars(account.promise.amountCents)} by `}${day(account.promise.dueOn)}`,
              )),
        ),
      ),
    ),
    payForm(token, page, () => void begin()),
    verified ? promiseForm(token, page, () => void begin()) : verifyForm(token, page),
    notMe(token),
    stopLine(),
  );
}

const pair = (name: string, value: string): [HTMLElement, HTMLElement] => [h('dt', {}, name), h('dd', {}, value)];

function verifyForm(token: string, page: LinkPage): HTMLElement {
  if (page.triesLeft === 0)
    return h(
      'section',
      { class: 'card' },
      h('h2', {}, 'See what is due'),
      h('p', {}, `Too many tries. Please call ${phone(page.lender.phone)}.`),
    );
  const form = h(
    'form',
    {},
    field('ZIP code of your mailing address', {
      name: 'zip',
      inputmode: 'numeric',
      maxlength: '5',
      autocomplete: 'postal-code',
    }),
    field('Last four characters of your loan number', { name: 'last4', maxlength: '4', autocapitalize: 'characters' }),
    h('button', { class: 'second' }, 'Show what is due'),
  );
  onSubmit(form, async () => {
    const zip = typed(form, 'zip');
    const loanLast4 = typed(form, 'last4');
    if (!/^\d{5}$/.test(zip) || !/^[A-Za-z0-9]{4}$/.test(loanLast4))
      throw new Refused('Enter a five-digit ZIP code and four characters.');
    view(token, await server.verify({ token, zip, loanLast4 }));
  });
  return h(
    'section',
    { class: 'card' },
    h('h2', {}, 'See what is due, or promise a date'),
    h('p', { class: 'hint' }, `So that nobody else can see it. ${page.triesLeft} tries left.`),
    form,
  );
}

function notMe(token: string): HTMLElement {
  const box = h('details', {}, h('summary', {}, 'This isn’t me'));
  const form = h(
    'form',
    {},
    h('p', {}, 'We will not use the number or address that this link came to any more.'),
    h('button', { class: 'second' }, 'It isn’t me, stop writing here'),
  );
  onSubmit(form, async () => {
    await server.notMe(token);
    show(
      h('h1', {}, 'Thank you'),
      h('p', {}, 'We have stopped writing to that number or address. Sorry for the trouble.'),
    );
  });
  box.append(form);
  return box;
}

const stopLine = (): HTMLElement =>
  h(
    'p',
    { class: 'hint' },
    h('a', { href: '/stop' }, 'Stop messages'),
    ' with the code from a message. No JavaScript needed.',
  );

window.addEventListener('hashchange', () => void begin());
void begin();
