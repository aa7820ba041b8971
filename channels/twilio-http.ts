import http from 'node:http';
import https from 'node:https';
import twilio from 'twilio';

/**
 * The SDK's own client cannot tell a refused connection from a lost answer, drops `Retry-After`, and its timeout is one
 * of idleness. This one answers the questions that the send protocol asks: did the connection ever open, what did a 429
 * say, and is the request really dead when the time is over.
 */
export class ProvableRequestClient extends twilio.RequestClient {
  readonly #timeoutMs: number;

  constructor(timeoutMs: number) {
    super({ timeout: timeoutMs, autoRetry: false });
    this.#timeoutMs = timeoutMs;
  }

  override async request<TData>(options: RequestOptions<TData>): Promise<Answer<TData>> {
    const url = new URL(options.uri);
    for (const [name, value] of Object.entries(options.params ?? {})) url.searchParams.set(name, String(value));
    const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const [name, value] of Object.entries(options.headers ?? {})) headers[name.toLowerCase()] = String(value);
    headers['authorization'] = `Basic ${Buffer.from(`${options.username}:${options.password}`).toString('base64')}`;
    const body = formEncode(options.data);
    if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body));
    const answer = await exchange({ url, method: options.method, headers, body, timeoutMs: this.#timeoutMs });
    if (answer.statusCode === 429) throw new Throttled(retryAfterMs(answer.headers['retry-after']));
    if (answer.statusCode >= 500 || answer.statusCode < 200) throw new ServerFault(answer.statusCode);
    // The SDK types a parsed body here, and parses a string itself.
    return { statusCode: answer.statusCode, body: answer.body as TData, headers: answer.headers };
  }
}

type RequestOptions<TData> = Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0] & { data?: TData };
type Answer<TData> = Awaited<ReturnType<InstanceType<typeof twilio.RequestClient>['request']>> & { body: TData };

/** No byte of the request left this machine: the connection never opened. */
export class NeverConnected extends Error {
  readonly code: string;
  constructor(cause: Error & { code?: string }) {
    super(cause.message, { cause });
    this.code = cause.code ?? 'never-connected';
  }
}

/** The connection was open and no whole answer came: the message may or may not exist. */
export class AnswerLost extends Error {
  readonly reason: 'timeout' | 'connection-lost';
  constructor(reason: 'timeout' | 'connection-lost', cause?: unknown) {
    super(`no answer: ${reason}`, { cause });
    this.reason = reason;
  }
}

export class Throttled extends Error {
  readonly retryAfterMs: number;
  constructor(waitMs: number) {
    super('throttled (20429)');
    this.retryAfterMs = waitMs;
  }
}

export class ServerFault extends Error {
  readonly statusCode: number;
  constructor(statusCode: number) {
    super(`provider answered ${statusCode}`);
    this.statusCode = statusCode;
  }
}

type Exchange = {
  readonly url: URL;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
  readonly timeoutMs: number;
};

/** One request on one fresh connection: a pooled one that the far side just closed looks like a lost answer. */
function exchange({ url, method, headers, body, timeoutMs }: Exchange) {
  return new Promise<{ statusCode: number; headers: http.IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const verb = method.toUpperCase();
    const request = (secure ? https : http).request(url, { method: verb, headers, agent: false });
    let opened = false;
    let outOfTime = false;
    const timer = setTimeout(() => {
      outOfTime = true;
      request.destroy(new Error(`no answer in ${timeoutMs} ms`));
    }, timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      if (!opened) reject(new NeverConnected(error));
      else reject(new AnswerLost(outOfTime ? 'timeout' : 'connection-lost', error));
    };
    // Nothing of HTTP is written before this event; with TLS that includes a certificate that was not accepted.
    request.on('socket', (socket) => socket.once(secure ? 'secureConnect' : 'connect', () => (opened = true)));
    request.on('error', fail);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => {
        clearTimeout(timer);
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ statusCode: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    request.end(body);
  });
}

function formEncode(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(data)) form.set(name, String(value));
  return form.toString();
}

const DEFAULT_RETRY_AFTER_MS = 1_000;

/** Seconds or an HTTP date (RFC 9110 §10.2.3). */
function retryAfterMs(header: string | undefined): number {
  if (header === undefined) return DEFAULT_RETRY_AFTER_MS;
  const seconds = Number(header);
  const waitMs = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(waitMs) && waitMs >= 0 ? waitMs : DEFAULT_RETRY_AFTER_MS;
}
