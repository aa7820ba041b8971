import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { LoggerOptions } from 'pino';

/**
 * JSON lines by allow-list: a line is built from the fields named here and nothing else. Names, numbers, addresses,
 * texts and query strings never reach a log, not even inside an error's message.
 */
export function registerLog(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    if (unlogged.has(request.routeOptions.url ?? '') && reply.statusCode < 400) return;
    request.log.info({
      event: 'request',
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      staffId: request.staff?.id ?? null,
    });
  });
}

/** Asked every few seconds by machines: only their failures are news. */
const unlogged = new Set(['/healthz', '/readyz', '/metrics', '/status']);

const allowed = new Set([
  'level',
  'time',
  'event',
  'method',
  'route',
  'status',
  'ms',
  'staffId',
  'role',
  'reqId',
  'part',
  'error',
  'code',
  'stack',
  'port',
  'reason',
]);

/** Pino's last gate: whatever a library logs through us loses its message and every field that is not allowed. */
export function createLog(level: string, stream: { write(line: string): void } | null): FastifyBaseLogger {
  const options: LoggerOptions = {
    level: stream === null ? 'silent' : level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => Object.fromEntries(Object.entries(fields).filter(([name]) => allowed.has(name))),
      bindings: (fields) => (typeof fields['reqId'] === 'string' ? { reqId: fields['reqId'] } : {}),
    },
    hooks: {
      // A message may hold anything (Fastify puts URLs there): only fields are written.
      logMethod(args, method) {
        const [first]: unknown[] = args;
        method.apply(this, [typeof first === 'object' && first !== null ? withError(first) : {}]);
      },
    },
  };
  return stream === null ? pino(options) : pino(options, stream);
}

function withError(fields: object): object {
  const error = fields instanceof Error ? fields : 'err' in fields ? fields.err : undefined;
  return error instanceof Error ? { ...(fields instanceof Error ? {} : fields), ...errorFields(error) } : fields;
}

/** What a log may know of an error: its class, its code and where it was thrown, not what it says. */
export function errorFields(error: Error): { event: string; error: string; code: string | null; stack: string[] } {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { event: 'error', error: error.name, code, stack: frames.slice(0, 8).map((line) => line.trim()) };
}
