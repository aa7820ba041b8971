import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { METADATA_ENCODING_KEY, ValueError } from '@temporalio/common';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

const ENCODING = 'binary/makegood-aes-256-gcm';
const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** A key and its name; the first of a list encrypts, all of them decrypt, so keys can be rotated. */
export interface CodecKey {
  id: string;
  key: Buffer;
}

/**
 * AES-256-GCM over every payload that leaves for Temporal, the key id bound as associated data. Unlike a pass-through
 * codec it fails closed: a payload that is not encrypted by a known key is refused.
 */
export function createPayloadCodec(keys: readonly CodecKey[]): PayloadCodec {
  // Made once: a bare buffer is turned into a key again at every call, which takes longer than sealing a payload.
  const made = keys.map(({ id, key }) => ({ id, key: createSecretKey(key) }));
  const [current] = made;
  if (current === undefined) throw new Error('the payload codec needs a key');
  const byId = new Map(made.map(({ id, key }) => [id, key]));
  return {
    async encode(payloads) {
      return payloads.map((payload) => encrypt(payload, current));
    },
    async decode(payloads) {
      return payloads.map((payload) => decrypt(payload, byId));
    },
  };
}

function encrypt(payload: Payload, { id, key }: { id: string; key: KeyObject }): Payload {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(`${ENCODING}|${id}`));
  const plain = PayloadMessage.encode(payload).finish();
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return {
    metadata: { [METADATA_ENCODING_KEY]: Buffer.from(ENCODING), 'key-id': Buffer.from(id) },
    data: Buffer.concat([nonce, cipher.getAuthTag(), sealed]),
  };
}

function decrypt(payload: Payload, keys: ReadonlyMap<string, KeyObject>): Payload {
  const encoding = Buffer.from(payload.metadata?.[METADATA_ENCODING_KEY] ?? []).toString();
  if (encoding !== ENCODING) throw new ValueError(`payload is not encrypted (encoding ${encoding || 'none'})`);
  const id = Buffer.from(payload.metadata?.['key-id'] ?? []).toString();
  const key = keys.get(id);
  if (key === undefined) throw new ValueError(`payload is encrypted with an unknown key (${id})`);
  const data = Buffer.from(payload.data ?? []);
  const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, 12));
  decipher.setAAD(Buffer.from(`${ENCODING}|${id}`));
  decipher.setAuthTag(data.subarray(12, 28));
  return PayloadMessage.decode(Buffer.concat([decipher.update(data.subarray(28)), decipher.final()]));
}
