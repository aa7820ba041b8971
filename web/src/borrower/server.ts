import type {
  LinkPage,
  LinkPromise,
  LinkReceipt,
  PayByLink,
  PromiseByLink,
  StartPage,
  VerifyLink,
} from '../../../api/schemas/self-service.ts';

/** What the server refused, in words for the person at the page. */
export class Refused extends Error {}

const words: Record<string, string> = {
  'link-unknown': 'This link is not one of ours, or it was typed wrongly. Call us and we will help.',
  'link-ended': 'This link has ended. Call us, or start again with your loan number.',
  'verification-failed': 'That does not match what we have. Check it and try again.',
  'verification-locked': 'Too many tries. Please call us.',
  'not-verified': 'Please confirm who you are first.',
  'card-declined': 'The card was declined. No payment was made.',
  'amount-above-balance': 'That is more than is owed on this loan. No payment was made.',
  'loan-closed': 'This loan is closed. No payment was made.',
  'promise-date-past': 'That date has passed.',
  'promise-date-too-far': 'That date is too far away. Choose one within 31 days.',
  'promise-above-balance': 'That is more than is owed on this loan.',
  'too-many-requests': 'Too many tries. Wait a little, or call us.',
};

async function post<T>(path: string, body: object, key?: string): Promise<T> {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'x-makegood': '1' };
  if (key !== undefined) headers['idempotency-key'] = key;
  let response: Response;
  try {
    response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  } catch {
    throw new Refused('We could not be reached. Check your connection; trying again is safe, nothing is taken twice.');
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const { code, detail } = (answer ?? {}) as { code?: string; detail?: string };
  throw new Refused((code === undefined ? undefined : words[code]) ?? detail ?? 'That did not work. Please call us.');
}

/** The borrower's door. The token travels in bodies only, never in an address that a server or a log could keep. */
export const server = {
  open: (token: string) => post<LinkPage>('/p/open', { token }),
  start: (body: StartPage) => post<{ token: string }>('/p/start', body),
  verify: (body: VerifyLink) => post<LinkPage>('/p/verify', body),
  pay: (body: Omit<PayByLink, 'decline'>, key: string) => post<LinkReceipt>('/p/pay', body, key),
  promise: (body: PromiseByLink, key: string) => post<LinkPromise>('/p/promise', body, key),
  notMe: (token: string) => post<{ done: true }>('/p/not-me', { token }),
};
