import { toSVG } from 'bwip-js/node';

/** A letter's id as Data Matrix (ISO/IEC 16022): a UUID fits on half an inch, where a bar code would need four. */
export function dataMatrix(id: string): string {
  return toSVG({ bcid: 'datamatrix', text: id, scale: 2 });
}
