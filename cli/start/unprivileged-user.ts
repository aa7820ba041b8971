import { spawnSync } from 'node:child_process';
import { chownSync, lchownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot } from './paths.ts';
import { StartFailure } from './start-failure.ts';

/** Who runs Postgres: it refuses to run as root. */
export type UnprivilegedUser = { name: string; uid: number; gid: number };

function idOf(name: string): UnprivilegedUser | undefined {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** `undefined` when we are not root: then Postgres runs as ourselves. As root: `postgres`, made when missing, else `nobody`. */
export function unprivilegedUser(): UnprivilegedUser | undefined {
  if (!isRoot) return undefined;
  const present = idOf('postgres');
  if (present !== undefined) return present;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  const user = idOf('postgres') ?? idOf('nobody');
  if (user === undefined) {
    throw new StartFailure(
      'Postgres does not run as root, and no user "postgres" could be made',
      'Add one (useradd --system postgres), start Makegood as another user, or set DATABASE_URL.',
    );
  }
  return user;
}

/** True when `user` can enter `dir` (every folder above it included). Asked of the kernel, not computed from modes. */
export function canReach(user: UnprivilegedUser | undefined, dir: string): boolean {
  if (user === undefined) return true;
  const answer = spawnSync('/bin/sh', ['-c', 'test -x "$0" && test -r "$0"', dir], {
    uid: user.uid,
    gid: user.gid,
    cwd: '/',
  });
  return answer.status === 0;
}

export function giveTo(user: UnprivilegedUser | undefined, path: string): void {
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

/** Gives a whole tree away when its top is not the user's yet: a data folder may have been copied by root. */
export function giveTreeTo(user: UnprivilegedUser | undefined, path: string): void {
  if (user === undefined || lstatSync(path).uid === user.uid) return;
  giveEach(user, path);
}

function giveEach(user: UnprivilegedUser, path: string): void {
  lchownSync(path, user.uid, user.gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) giveEach(user, join(path, name));
}
