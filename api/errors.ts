import type { FastifyError, FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { errorFields } from './log.ts';
import { refuse } from './problems.ts';

/** What a route did not answer itself: bad input is refused by field, a bug is a 500 that tells the caller nothing. */
export function registerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (hasZodFastifySchemaValidationErrors(error)) {
      const errors = error.validation.map((issue) => ({
        path: `${error.validationContext ?? 'body'}${issue.instancePath.replaceAll('/', '.')}`,
        message: issue.message ?? 'is not valid',
      }));
      return refuse(reply, {
        code: 'malformed',
        detail: errors.map((each) => `${each.path}: ${each.message}`).join('; '),
        errors,
      });
    }
    if (error.statusCode === 429)
      return refuse(reply, { code: 'too-many-requests', detail: 'Please wait a little and try again.' });
    if (error.statusCode === 413) return refuse(reply, { code: 'payload-too-large' });
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
      return refuse(reply, { code: 'malformed' });
    }
    request.log.error(errorFields(error));
    return reply
      .code(500)
      .type('application/problem+json')
      .serializer((body: unknown) => JSON.stringify(body))
      .send({
        type: 'about:blank',
        title: 'Something broke on our side',
        status: 500,
        detail: `Please tell us this id: ${request.id}`,
      });
  });
}
