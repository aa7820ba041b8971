/** A reason why the start cannot go on, said so that the reader knows what to do. Printed without a stack. */
export class StartFailure extends Error {
  readonly advice: string | undefined;

  constructor(reason: string, advice?: string) {
    super(reason);
    this.name = 'StartFailure';
    this.advice = advice;
  }
}
