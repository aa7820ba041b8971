import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerOnce } from '../prisma/idempotency.ts';
import type { Client, Pool } from '../prisma/pool.ts';
import type { Refusal } from '../prisma/refusal.ts';
import { problemOf, refuse } from './problems.ts';
import type { RefusalCode } from './schemas/problem.ts';

/**
 * The route of a POST that takes money or sends: needs an `Idempotency-Key`; the command and its answer are stored in one
 * transaction, so that a repeated request is answered and not done again.
 * @param scope who asks; two people may use the same key
 */
export async function once<Body>(
  request: FastifyRequest,
  reply: FastifyReply,
  context: { pool: Pool; scope: string; status?: number },
  command: (client: Client) => Promise<{ kind: 'done'; body: Body } | Refusal<RefusalCode>>,
): Promise<FastifyReply> {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < 8 || key.length > 128)
    return refuse(reply, { code: 'idempotency-key-missing' });
  const asked = [request.method, request.routeOptions.url, request.params, request.body];
  const answer = await answerOnce(context.pool, { scope: context.scope, key, request: asked }, async (client) => {
    const result = await command(client);
    if (result.kind === 'done') return { status: context.status ?? 201, json: JSON.stringify(result.body) };
    const problem = problemOf(result);
    return { status: problem.status, json: JSON.stringify(problem) };
  });
  if ('kind' in answer) return refuse(reply, answer);
  const json = answer.status < 400 ? 'application/json' : 'application/problem+json';
  // Stored answers were checked when they were made; a repeated one goes out as it was.
  return reply
    .code(answer.status)
    .type(json)
    .serializer((text: unknown) => String(text))
    .send(answer.json);
}
