export { collectionCase } from './collection-case.ts';
export { sentinel } from './sentinel.ts';
