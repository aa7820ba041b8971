import { inTransaction } from '../../prisma/pool.ts';
import { changePilotPeople, countPilotPeople, listSendModes, setSendMode } from '../../prisma/send-modes.ts';
import { liftStopSwitch, listStopSwitches, setStopSwitch } from '../../prisma/stop-switch.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import { Done, IdParams } from '../schemas/common.ts';
import { PilotAnswer, PilotPeople, SendModeParams, SendModes, SetSendMode } from '../schemas/send-modes.ts';
import { LiftAnswer, SetStopSwitch, StopSwitches } from '../schemas/stop-switch.ts';

/** What may leave at all: send modes and the stop switch. */
export function switchRoutes(app: App, { pool }: ApiDeps): void {
  const modes = async (): Promise<SendModes> => ({
    modes: await listSendModes(pool),
    pilotPeople: await countPilotPeople(pool),
  });
  app.get('/api/send-modes', { config: { access: 'portfolio.read' }, schema: { response: { 200: SendModes } } }, modes);

  const set = { params: SendModeParams, body: SetSendMode, response: { 200: SendModes } };
  app.put(
    '/api/send-modes/:channel/:product',
    { config: { access: 'mode.set' }, schema: set },
    async (request, reply) => {
      const result = await inTransaction(pool, (client) =>
        setSendMode(client, { ...request.params, ...request.body, actor: staffOf(request).email }),
      );
      return result.kind === 'refused' ? refuse(reply, result) : modes();
    },
  );

  const pilot = { body: PilotPeople, response: { 200: PilotAnswer } };
  app.post('/api/send-modes/pilot', { config: { access: 'mode.set' }, schema: pilot }, async (request) => {
    const { unknown } = await inTransaction(pool, (client) =>
      changePilotPeople(client, { ...request.body, actor: staffOf(request).email }),
    );
    return { pilotPeople: await countPilotPeople(pool), unknown };
  });

  app.get(
    '/api/stop-switches',
    { config: { access: 'portfolio.read' }, schema: { response: { 200: StopSwitches } } },
    async () => ({
      rows: await listStopSwitches(pool, { onlySet: false }),
    }),
  );
  app.post(
    '/api/stop-switches',
    { config: { access: 'stop.set' }, schema: { body: SetStopSwitch, response: { 201: Done } } },
    async (request, reply) => {
      const made = await inTransaction(pool, (client) =>
        setStopSwitch(client, { ...request.body, actor: staffOf(request).email }),
      );
      return reply.code(201).send(made);
    },
  );
  app.post(
    '/api/stop-switches/:id/lift',
    { config: { access: 'stop.set' }, schema: { params: IdParams, response: { 200: LiftAnswer } } },
    async (request, reply) => {
      const lifted = await inTransaction(pool, (client) =>
        liftStopSwitch(client, { id: request.params.id, actor: staffOf(request).email }),
      );
      return lifted.kind === 'refused' ? refuse(reply, lifted) : { state: lifted.kind };
    },
  );
}
