import type { Permission } from '../../../api/schemas/session.ts';

export interface PageEntry {
  to: string;
  label: string;
  permission: Permission;
  sandboxOnly: boolean;
}

/** The navigation, in the order of a day's work. What one may not do is not shown; the server refuses it as well. */
export const pages: readonly PageEntry[] = [
  { to: '/', label: 'Portfolio', permission: 'portfolio.read', sandboxOnly: false },
  { to: '/work', label: 'Work', permission: 'work.read', sandboxOnly: false },
  { to: '/accounts', label: 'Accounts', permission: 'loan.read', sandboxOnly: false },
  { to: '/phones', label: 'Borrowers’ phones', permission: 'sandbox.use', sandboxOnly: true },
];
