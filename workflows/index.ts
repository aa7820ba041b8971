export { collectionCase } from './collection-case.ts';
export { importPortfolio } from './import-portfolio.ts';
export { sentinel } from './sentinel.ts';
