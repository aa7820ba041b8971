import { h } from './dom.ts';
import { Refused } from './server.ts';

const root = document.querySelector('#page');

/** Shows one view; its heading takes the focus, so that a screen reader begins there. */
export function show(...children: (Node | null)[]): void {
  root?.replaceChildren(...children.filter((child) => child !== null));
  const heading = root?.querySelector('h1');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus();
  window.scrollTo(0, 0);
}

/** Runs one request of a form; a refusal is said inside the form. */
export function onSubmit(form: HTMLFormElement, run: () => Promise<void>): void {
  form.noValidate = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    form.querySelector('.problem')?.remove();
    button?.setAttribute('disabled', '');
    run()
      .catch((error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        form.append(h('p', { class: 'problem', role: 'alert' }, error.message));
      })
      .finally(() => button?.removeAttribute('disabled'));
  });
}
