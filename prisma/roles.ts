/** Roles that owe the debt themselves. An authorised user or an owner who did not sign is nobody to collect from. */
export function isObligor(role: string): role is 'borrower' | 'co-borrower' | 'cosigner' | 'guarantor' {
  return role === 'borrower' || role === 'co-borrower' || role === 'cosigner' || role === 'guarantor';
}
