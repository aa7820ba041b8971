import { z } from 'zod';

/** Shapes of Twilio's identifiers, as its API reference gives them. */
export const accountSid = z.string().regex(/^AC[0-9a-f]{32}$/);
export const messageSid = z.string().regex(/^(SM|MM)[0-9a-f]{32}$/);
