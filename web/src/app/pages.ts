import type { Permission } from '../../../api/schemas/session.ts';

export interface PageEntry {
  to:
    | '/'
    | '/work'
    | '/accounts'
    | '/reach'
    | '/reports'
    | '/letters'
    | '/sending'
    | '/import'
    | '/policies'
    | '/rules'
    | '/staff'
    | '/phones'
    | '/time';
  label: string;
  permission: Permission;
  sandboxOnly: boolean;
}

/** The navigation, in the order of a day's work. What one may not do is not shown; the server refuses it as well. */
export const pages: readonly PageEntry[] = [
  { to: '/', label: 'Portfolio', permission: 'portfolio.read', sandboxOnly: false },
  { to: '/work', label: 'Work', permission: 'work.read', sandboxOnly: false },
  { to: '/accounts', label: 'Accounts', permission: 'loan.read', sandboxOnly: false },
  { to: '/reach', label: 'Reach', permission: 'reports.read', sandboxOnly: false },
  { to: '/reports', label: 'Reports', permission: 'reports.read', sandboxOnly: false },
  { to: '/letters', label: 'Letters', permission: 'loan.read', sandboxOnly: false },
  { to: '/sending', label: 'Sending', permission: 'portfolio.read', sandboxOnly: false },
  { to: '/import', label: 'Import', permission: 'import.read', sandboxOnly: false },
  { to: '/policies', label: 'Policies', permission: 'policy.read', sandboxOnly: false },
  { to: '/rules', label: 'Rules', permission: 'rules.read', sandboxOnly: false },
  { to: '/staff', label: 'Staff', permission: 'staff.read', sandboxOnly: false },
  { to: '/phones', label: 'Phones', permission: 'sandbox.use', sandboxOnly: true },
  { to: '/time', label: 'Time machine', permission: 'sandbox.clock', sandboxOnly: true },
];
