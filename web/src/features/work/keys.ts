/** The keys of the work page: one list for the handler and for the help. */
export const workKeys = [
  { key: 'j', does: 'next-row', help: 'Next item' },
  { key: 'k', does: 'previous-row', help: 'Previous item' },
  { key: 'Enter', does: 'open', help: 'Take the item (lease it for five minutes)' },
  { key: 'g', does: 'get-next', help: 'Get the next best item' },
  { key: 's', does: 'skip', help: 'Put aside and get the next' },
  { key: 'l', does: 'call', help: 'Log a call, then one key for its outcome' },
  { key: 'a', does: 'approve', help: 'Approve and next' },
  { key: 'x', does: 'refuse', help: 'Refuse, with a reason' },
  { key: 'r', does: 'label', help: 'Say what a reply means' },
  { key: 'p', does: 'promise', help: 'Promise to pay' },
  { key: 'm', does: 'payment', help: 'Take a payment' },
  { key: 'h', does: 'hold', help: 'Place a hold' },
  { key: 'n', does: 'note', help: 'Write a note' },
  { key: 'd', does: 'close', help: 'Done, with a word on the outcome' },
  { key: 't', does: 'assign', help: 'Give to somebody' },
  { key: 'c', does: 'case', help: 'Open the case' },
  { key: '/', does: 'search', help: 'Search accounts' },
  { key: '?', does: 'help', help: 'Show or hide this list' },
] as const;

export type WorkDoes = (typeof workKeys)[number]['does'];

const byKey = new Map<string, WorkDoes>(workKeys.map((entry) => [entry.key, entry.does]));

/** What a key press asks for: nothing while one types, holds a modifier, or uses a control's own keys. */
export function asked(event: KeyboardEvent): WorkDoes | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  const at = event.target instanceof HTMLElement ? event.target : null;
  if (at !== null && (at.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(at.tagName))) return null;
  const does = byKey.get(event.key.length === 1 ? event.key.toLowerCase() : event.key) ?? null;
  // Enter on a link or a button is that control's own.
  if (does === 'open' && at !== null && at.closest('a, button, summary') !== null) return null;
  return does;
}

const setting = 'makegood.shortcuts';
export const shortcutsOn = (): boolean => localStorage.getItem(setting) !== 'off';
export const setShortcuts = (on: boolean): void => localStorage.setItem(setting, on ? 'on' : 'off');
