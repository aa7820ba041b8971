import Fastify, { LogController } from 'fastify';
import swagger from '@fastify/swagger';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { registerAccess } from './access.ts';
import type { App } from './app-type.ts';
import { registerAuth } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { registerErrors } from './errors.ts';
import { createLog, registerLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { registerRoutes } from './routes/index.ts';
import { registerSecurity } from './security.ts';
import { registerWebFiles } from './web-files.ts';

const MAX_BODY_BYTES = 256 * 1024;

/** The API without a port: tests inject into it, main.ts listens with it. */
export async function buildApp(deps: ApiDeps): Promise<App> {
  const { settings } = deps;
  const app: App = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    // Addresses and hosts are taken from the socket and from settings, never from headers that a client can set.
    trustProxy: false,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    loggerInstance: createLog(settings.logLevel, deps.logStream),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  registerErrors(app);
  await registerSecurity(app, settings);
  registerAccess(app, { pool: deps.pool, publicUrl: settings.publicUrl });
  registerLog(app);
  const metrics = createMetrics(deps.pool);
  metrics.observe(app);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Makegood',
        version: '0.1.0',
        description: 'Collections for community banks. Errors are RFC 9457 problems.',
      },
      servers: [{ url: settings.publicUrl }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });

  registerAuth(app, deps);
  await registerRoutes(app, deps, metrics);
  app.get('/openapi.json', { config: { access: 'signed-in' }, schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json').send(JSON.stringify(app.swagger())),
  );
  await registerWebFiles(app, settings);
  return app;
}
