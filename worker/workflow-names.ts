/** Workflows are started by name: the process that starts one never loads its code. */
export const collectionCase = 'collectionCase';
export const importPortfolio = 'importPortfolio';
export const sentinel = 'sentinel';
