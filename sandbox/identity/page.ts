import { createHash } from 'node:crypto';
import { readyUsers, type ReadyUser } from '../staff.ts';

const ABOUT: Readonly<Record<ReadyUser['role'], string>> = {
  collector: 'works the queue, takes payments and promises',
  lead: 'assigns work, votes on approvals',
  manager: 'sets send modes and the stop switch; two of them lift it',
  servicing: 'takes payments, releases imports',
  compliance: 'reveals contacts, lifts legal holds, approves policy',
  auditor: 'reads everything, changes nothing',
  admin: 'runs the house, opens no account',
};

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 8vh auto; padding: 0 1rem; color: #1a1b1e; }
  ul { list-style: none; padding: 0; display: grid; gap: .5rem; }
  button { width: 100%; padding: .75rem 1rem; text-align: left; font: inherit; cursor: pointer;
    border: 1px solid #868e96; border-radius: .5rem; background: #fff; color: inherit; }
  button:hover { background: #f1f3f5; }
  button:focus-visible { outline: 3px solid #1c7ed6; outline-offset: 2px; }
  span { display: block; color: #495057; font-size: .9rem; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** The sign-in page: one button a person. `action` is ours; nothing on the page comes from a request. */
export function signInPage(action: string): string {
  const buttons = readyUsers.map(
    (user) =>
      `<li><button name="user" value="${user.id}"><b>${user.name}</b><span>${ABOUT[user.role]}</span></button></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in to the Makegood sandbox</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Who are you today?</h1>
<p>This is the sandbox: everyone here is fictitious and needs no password.</p>
<form method="post" action="${action}">
<ul>
${buttons.join('\n')}
</ul>
</form>
</main>
</body>
</html>`;
}

/** Form targets are checked along redirects too, so the product's origin, where the sign-in ends, is allowed. */
export function pageHeaders(publicUrl: string): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self' ${new URL(publicUrl).origin}; frame-ancestors 'none'; base-uri 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}
