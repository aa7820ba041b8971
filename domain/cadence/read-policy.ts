import type { Channel, Policy, Step } from './policy.ts';
import { ObjectReader, type PolicyProblem } from './policy-reader.ts';
import { type ChannelDefaults, readLate, readWindows } from './read-channel.ts';
import { readStep } from './read-step.ts';
import { CHANNELS, LAUNCHES, PRODUCTS } from './policy-words.ts';

const NAME = /^[a-z][a-z0-9-]*$/;

/** A policy from its JSON, or what is wrong with its shape. Whether it makes sense is `validatePolicy`'s question. */
export function parsePolicy(json: unknown): { readonly policy: Policy } | { readonly problems: PolicyProblem[] } {
  const problems: PolicyProblem[] = [];
  const known = [
    '$schema',
    'id',
    'version',
    'title',
    'products',
    'launch',
    'investorOwnedByHand',
    'channels',
    'steps',
    'end',
  ];
  const file = new ObjectReader(json, '', problems, known);
  const channels = file.child('channels', CHANNELS);
  const defaults = {
    sms: channelDefaults(channels, 'sms'),
    email: channelDefaults(channels, 'email'),
    call: channelDefaults(channels, 'call'),
    letter: channelDefaults(channels, 'letter'),
    approval: channelDefaults(channels, 'approval'),
  };
  const end = file.child('end', ['family', 'title', 'day', 'everyDays']);
  const policy: Policy = {
    id: file.text('id', NAME),
    version: file.integer('version', 1, 1_000_000),
    title: file.text('title'),
    products: file.words('products', PRODUCTS, null),
    launch: file.word('launch', LAUNCHES),
    investorOwnedByHand: file.flag('investorOwnedByHand', false),
    steps: file.list<Step>('steps', null, (value, path) => readStep(value, path, problems, defaults)),
    end: {
      family: end.text('family', NAME),
      title: end.text('title'),
      day: end.integer('day', 1, 3650),
      everyDays: end.integer('everyDays', 1, 30),
    },
  };
  return problems.length > 0 ? { problems } : { policy };
}

/** A policy from JSON that was published, so that is known to be good; throws otherwise. */
export function readPolicy(json: unknown): Policy {
  const read = parsePolicy(json);
  if ('policy' in read) return read.policy;
  const said = read.problems.map(({ path, what }) => `${path} ${what}`).join('; ');
  throw new TypeError(`not a policy: ${said}`);
}

function channelDefaults(channels: ObjectReader, channel: Channel): ChannelDefaults[Channel] {
  const one = channels.child(channel, ['windows', 'late']);
  return { windows: readWindows(one, 'windows', null), late: readLate(one, 'late') };
}
