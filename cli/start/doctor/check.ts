type Level = 'ok' | 'warn' | 'fail';
/** One line of `makegood doctor`: what was looked at, how it is, and what to do when it is not well. */
export type Check = { name: string; level: Level; text: string };

export const ok = (name: string, text: string): Check => ({ name, level: 'ok', text });
export const warn = (name: string, text: string): Check => ({ name, level: 'warn', text });
export const fail = (name: string, text: string): Check => ({ name, level: 'fail', text });

export const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message || error.name}${cause}`;
};
