/** The roles of `api/schemas/session.ts`; the sandbox does not import the product. */
export type StaffRole = 'collector' | 'lead' | 'manager' | 'servicing' | 'compliance' | 'auditor' | 'admin';

export type ReadyUser = {
  readonly id: string;
  /** The identity provider's name for this person, never reused. */
  readonly sub: string;
  readonly name: string;
  readonly email: string;
  readonly role: StaffRole;
  readonly team: string;
};

function user(id: string, name: string, role: StaffRole, team: string): ReadyUser {
  const email = `${name.toLowerCase().replace(' ', '.')}@firstbank.example`;
  return { id, sub: `staff-${id}`, name, email, role, team };
}

/** People who can sign in to the sandbox with one click. Two managers, because some acts need two people. */
export const readyUsers: readonly ReadyUser[] = [
  user('casey', 'Casey Collector', 'collector', 'Early stage'),
  user('lee', 'Lee Lead', 'lead', 'Early stage'),
  user('morgan', 'Morgan Manager', 'manager', 'Collections'),
  user('max', 'Max Manager', 'manager', 'Collections'),
  user('sam', 'Sam Servicing', 'servicing', 'Loan servicing'),
  user('chris', 'Chris Compliance', 'compliance', 'Compliance'),
  user('audrey', 'Audrey Auditor', 'auditor', 'Internal audit'),
  user('alex', 'Alex Admin', 'admin', 'Systems'),
];
