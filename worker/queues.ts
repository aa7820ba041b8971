/** Workflows and activities that only touch Postgres. */
export const MAIN_QUEUE = 'makegood';
/** Touches, which may reach a provider: rate-limited, never dispatched eagerly. */
export const SEND_QUEUE = 'makegood-sends';
/** File sets: long, heartbeating activities that must not crowd out the rest. */
export const IMPORT_QUEUE = 'makegood-imports';
