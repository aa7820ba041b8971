import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { registerAdvance } from './advance.ts';
import { registerBackup } from './backup.ts';
import { registerClassify } from './classify.ts';
import { registerClocks } from './clocks.ts';
import { registerDoctor } from './doctor.ts';
import { registerExport } from './export.ts';
import { registerGate } from './gate.ts';
import { registerImport } from './import.ts';
import { registerLetters } from './letters.ts';
import { registerMigrate } from './migrate.ts';
import { registerPolicy } from './policy.ts';
import { registerReconcile } from './reconcile.ts';
import { registerReleaseCheck } from './release-check.ts';
import { registerRestore } from './restore.ts';
import { registerSample } from './sample.ts';
import { registerShadow } from './shadow.ts';
import { registerStart } from './start.ts';
import { registerStatus } from './status.ts';
import { registerStop } from './stop.ts';
import { registerWhy } from './why.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The `makegood` command. Each subcommand lives in its own file and loads what is heavy only when it runs. */
const program = new Command('makegood')
  .version(version)
  .description('Collections and loan servicing for community banks and lenders')
  .showHelpAfterError();

registerStart(program);
registerStop(program);
registerStatus(program);
registerDoctor(program);
registerAdvance(program);
registerWhy(program);
registerReconcile(program);
registerMigrate(program);
registerGate(program);
registerClassify(program);
registerClocks(program);
registerSample(program);
registerImport(program);
registerExport(program);
registerPolicy(program);
registerBackup(program);
registerRestore(program);
registerReleaseCheck(program);
registerLetters(program);
registerShadow(program);

await program.parseAsync();
