import type { RunFile } from './run-file.ts';

/** What a person sees when all is up: where to go, whom to sign in as, what to try. One screen. */
export async function screen(run: RunFile, home: string): Promise<string> {
  const { urls } = run;
  const sandboxed = urls['sandbox'] !== undefined;
  const lines = ['', 'Makegood is running.', '', `  Web app      ${urls['web'] ?? ''}`];
  if (urls['temporal'] !== undefined) lines.push(`  Workflows    ${urls['temporal']}`);
  lines.push(`  Home         ${home}   (data, keys, logs)`);
  if (sandboxed) {
    // Nothing of the sandbox is loaded when channels are live.
    const { readyUsers } = await import('../../sandbox/staff.ts');
    lines.push(
      '',
      'Nothing leaves this machine: the phone network, the mailbox and the sign-in are a sandbox.',
      '',
      'Sign in with one click as',
    );
    for (const { name, role } of readyUsers) lines.push(`  ${name.padEnd(18)} ${role}`);
    lines.push(
      '',
      'Try',
      '  makegood advance --next      play the next thing that is due',
      '  makegood status              what runs, what the portfolio looks like',
    );
    lines.push('  Phone page in the web app    answer a text as the borrower: PAID, STOP, a question');
  }
  lines.push(
    '',
    'Postgres and Temporal here are for evaluation; docs/ tells how a team runs them.',
    'Ctrl-C or `makegood stop` ends everything in order.',
    '',
  );
  return lines.join('\n');
}
