import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { faultOrder, type Faults } from '../faults.ts';

/** Orders the weather. */
export function registerFaults(app: FastifyInstance, faults: Faults): void {
  app.get('/faults', async () => ({ faults: faults.list() }));
  app.post('/faults', async (request, reply) => reply.code(201).send(faults.set(faultOrder.parse(request.body))));
  app.delete('/faults', async () => ({ removed: faults.clear() }));
  app.delete('/faults/:id', async (request) => {
    const { id } = z.object({ id: z.string() }).parse(request.params);
    return { removed: faults.clear(id) };
  });
}
