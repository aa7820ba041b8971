/** Why a file set is not taken at all. The words name the file, the column or the setting, and what to do. */
export type ImportRefusal =
  | 'no-such-path'
  | 'not-a-file'
  | 'too-large'
  | 'archive'
  | 'binary-file'
  | 'wrong-encoding'
  | 'empty-file'
  | 'no-manifest'
  | 'bad-manifest'
  | 'bad-file-name'
  | 'file-missing'
  | 'file-changed'
  | 'bad-mapping'
  | 'no-mapping'
  | 'unknown-table'
  | 'no-snapshot-instant'
  | 'snapshot-in-the-future'
  | 'no-files';

export class ImportRefused extends Error {
  readonly code: ImportRefusal;

  constructor(code: ImportRefusal, message: string) {
    super(message);
    this.name = 'ImportRefused';
    this.code = code;
  }
}
