import type { Problem } from '../../../api/schemas/problem.ts';

/** A refusal of the API: RFC 9457 problem details. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | null;

  constructor(status: number, body: Partial<Problem>) {
    // What is wrong with a field is said with its name; the rest is said as the server words it.
    const fields = body.errors?.map((error) => `${error.path.replace(/^body\.?/, '')}: ${error.message}`).join('; ');
    super(
      [body.detail ?? body.title ?? `The server answered ${status}.`, fields]
        .filter((part) => part !== undefined && part !== '')
        .join(' '),
    );
    this.name = 'ApiProblem';
    this.status = status;
    this.code = body.code ?? String(status);
    this.detail = body.detail ?? null;
  }
}

async function call<T>(
  method: string,
  path: string,
  options: { body?: unknown; file?: Blob; idempotencyKey?: string; signal?: AbortSignal } = {},
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', 'x-makegood': '1' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.file !== undefined) headers['content-type'] = options.file.type;
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey;
  const response = await fetch(path, {
    method,
    headers,
    credentials: 'same-origin',
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.file === undefined ? {} : { body: options.file }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  }).catch((error: unknown) => {
    // A question that was taken back is no fault; the browser's own words for one that got no answer help nobody.
    if (options.signal?.aborted === true) throw error;
    throw noAnswer();
  });
  return answered<T>(path, response.status, await response.text());
}

const noAnswer = (): ApiProblem =>
  new ApiProblem(0, { detail: 'Makegood does not answer. Check your connection; what you typed is still here.' });

function answered<T>(path: string, status: number, text: string): T {
  if (status === 401 && !path.startsWith('/api/session')) {
    window.location.assign(
      `/auth/login?returnTo=${encodeURIComponent(window.location.pathname + window.location.search)}`,
    );
  }
  const body: unknown = text === '' ? null : JSON.parse(text);
  if (status < 200 || status > 299) throw new ApiProblem(status, typeof body === 'object' && body !== null ? body : {});
  return body as T;
}

/** `fetch` does not tell how much has been sent, and a night's files take a while. */
function sendForm<T>(path: string, form: FormData, onSent: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('x-makegood', '1');
    request.upload.addEventListener('progress', ({ loaded, total }) => onSent(total === 0 ? 0 : loaded / total));
    request.addEventListener('error', () => reject(noAnswer()));
    request.addEventListener('load', () => {
      try {
        resolve(answered<T>(path, request.status, request.responseText));
      } catch (error) {
        reject(error instanceof Error ? error : noAnswer());
      }
    });
    request.send(form);
  });
}

/** The only place that talks to the API. Answers are typed by the API's own schemas. */
export const api = {
  get: <T>(path: string, signal?: AbortSignal) => call<T>('GET', path, signal === undefined ? {} : { signal }),
  post: <T>(path: string, body: unknown = {}) => call<T>('POST', path, { body }),
  /** The file itself is the body. */
  postFile: <T>(path: string, file: Blob) => call<T>('POST', path, { file }),
  /** Fields and files; `onSent` is told the share that has left the browser. */
  postForm: sendForm,
  put: <T>(path: string, body: unknown) => call<T>('PUT', path, { body }),
  /** For what takes money or sends: a second click with the same key changes nothing. */
  postOnce: <T>(path: string, body: unknown, idempotencyKey: string = crypto.randomUUID()) =>
    call<T>('POST', path, { body, idempotencyKey }),
};

/** A query string of the parameters that are set. */
export function query(parameters: Record<string, string | number | undefined | null>): string {
  const set = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return set.length === 0
    ? ''
    : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString()}`;
}
