import { approvePolicy, proposePolicy } from '../../prisma/policy-versions.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { lookFor } from '../../prisma/read/moment.ts';
import { diffVersions, listPolicies, readPolicyVersion } from '../../prisma/read/policies.ts';
import { readRules } from '../../prisma/read/rule-book.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import {
  Policies,
  PolicyAnswer,
  PolicyDiff,
  PolicyDiffQuery,
  PolicyName,
  PolicyParams,
  PolicyView,
  ProposePolicy,
  Rules,
} from '../schemas/policies.ts';

/** Cadences and the rule book. */
export function policyRoutes(app: App, deps: ApiDeps): void {
  const { pool, settings } = deps;
  app.get('/api/rules', { config: { access: 'rules.read' }, schema: { response: { 200: Rules } } }, async () =>
    readRules(),
  );

  app.get(
    '/api/policies',
    { config: { access: 'policy.read' }, schema: { response: { 200: Policies } } },
    async () => ({ rows: await listPolicies(pool) }),
  );

  const view = { params: PolicyParams, response: { 200: PolicyView } };
  app.get(
    '/api/policies/:policy/versions/:version',
    { config: { access: 'policy.read' }, schema: view },
    async (request, reply) => {
      const { policy, version } = request.params;
      return (await readPolicyVersion(pool, policy, version)) ?? refuse(reply, { code: 'not-found' });
    },
  );

  const diff = { params: PolicyName, querystring: PolicyDiffQuery, response: { 200: PolicyDiff } };
  app.get('/api/policies/:policy/diff', { config: { access: 'policy.read' }, schema: diff }, async (request, reply) => {
    const look = await lookFor(pool, staffOf(request), settings.lender.zone);
    return (
      (await diffVersions(pool, { ...request.params, ...request.query }, look)) ?? refuse(reply, { code: 'not-found' })
    );
  });

  const propose = { params: PolicyName, body: ProposePolicy, response: { 201: PolicyAnswer } };
  app.post(
    '/api/policies/:policy/versions',
    { config: { access: 'policy.propose' }, schema: propose },
    async (request, reply) => {
      const { policy } = request.params;
      const result = await inTransaction(pool, (client) =>
        proposePolicy(client, { policy, content: request.body.content, actor: staffOf(request).email }),
      );
      if (result.kind === 'refused') return refuse(reply, result);
      if (result.kind === 'invalid') {
        const errors = result.problems.map(({ path, what, why }) => ({ path, message: `${what}. Why: ${why}` }));
        return refuse(reply, { code: 'policy-invalid', detail: `${errors.length} problems`, errors });
      }
      return reply.code(201).send({ policy, version: result.version, status: 'draft', at: null });
    },
  );

  const approve = { params: PolicyParams, response: { 200: PolicyAnswer } };
  app.post(
    '/api/policies/:policy/versions/:version/approve',
    { config: { access: 'policy.approve' }, schema: approve },
    async (request, reply) => {
      const { policy, version } = request.params;
      const result = await inTransaction(pool, (client) =>
        approvePolicy(client, { policy, version, actor: staffOf(request).email }),
      );
      if (result.kind === 'refused') return refuse(reply, result);
      return { policy, version, status: 'published' as const, at: new Date(result.atMs).toISOString() };
    },
  );
}
