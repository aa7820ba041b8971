/** Business now of the import tests: a Monday morning. */
export const NOW = Date.parse('2026-11-23T15:00:00Z');
