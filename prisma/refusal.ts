/** A request that the facts do not allow: a value, never a throw. `facts` carries what a person needs to act on it. */
export interface Refusal<Code extends string> {
  kind: 'refused';
  code: Code;
  detail?: string;
  facts?: Record<string, string | number | boolean | null>;
}

export function refused<Code extends string>(
  code: Code,
  detail?: string,
  facts?: Refusal<Code>['facts'],
): Refusal<Code> {
  return {
    kind: 'refused',
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(facts === undefined ? {} : { facts }),
  };
}
