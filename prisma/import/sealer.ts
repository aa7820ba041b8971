import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import type { Cipheriv } from 'node:crypto';

interface SealKey {
  /** Four bytes in front of what the key sealed. */
  tag: Buffer;
  cipher: Buffer;
  nonce: Buffer;
  block: Buffer;
}

const BLOCK = 16;

/**
 * Seals what must not lie open in the database: tax ids and the files themselves. AES-256-GCM; the nonce is a keyed hash of
 * the content, so the same text gives the same seal (a re-sent row shows no change) and no nonce is used for two contents.
 * A tax id is one block of the cipher, which needs neither nonce nor a cipher of its own for each of a million rows.
 */
export class Sealer {
  readonly #keys: readonly SealKey[];
  readonly #first: SealKey;
  readonly #names: Buffer;
  readonly #blocks: Cipheriv;

  /** @param keys 32 bytes each, newest first: the first seals, all open. The oldest names people without a number. */
  constructor(keys: readonly Buffer[]) {
    this.#keys = keys.map((key) => ({
      tag: createHash('sha256').update('makegood import tag').update(key).digest().subarray(0, 4),
      cipher: Buffer.from(hkdfSync('sha256', key, '', 'makegood import seal', 32)),
      nonce: Buffer.from(hkdfSync('sha256', key, '', 'makegood import nonce', 32)),
      block: Buffer.from(hkdfSync('sha256', key, '', 'makegood import block', 32)),
    }));
    const [first] = this.#keys;
    const oldest = this.#keys.at(-1);
    if (first === undefined || oldest === undefined) throw new Error('a sealer needs a key');
    this.#first = first;
    this.#blocks = createCipheriv('aes-256-ecb', first.block, null).setAutoPadding(false);
    this.#names = oldest.nonce;
  }

  /** Seals a text of at most 15 bytes: its length, itself, and zeros that tell a wrong key when it is opened. */
  text(plain: string): string {
    const block = Buffer.alloc(BLOCK);
    const length = block.write(plain, 1);
    if (length !== Buffer.byteLength(plain)) throw new RangeError('too long to be sealed as one block');
    block[0] = length;
    return `s1.${Buffer.concat([this.#first.tag, this.#blocks.update(block)]).toString('base64url')}`;
  }

  openText(sealed: string): string {
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    const decipher = createDecipheriv('aes-256-ecb', this.#keyOf(bytes).block, null).setAutoPadding(false);
    const block = Buffer.concat([decipher.update(bytes.subarray(4)), decipher.final()]);
    const length = block[0] ?? 0;
    if (length >= BLOCK || block.subarray(1 + length).some((byte) => byte !== 0))
      throw new Error('not what was sealed');
    return block.toString('utf8', 1, 1 + length);
  }

  bytes(plain: Buffer): Buffer {
    const nonce = createHmac('sha256', this.#first.nonce).update(plain).digest().subarray(0, 12);
    const cipher = createCipheriv('aes-256-gcm', this.#first.cipher, nonce);
    return Buffer.concat([this.#first.tag, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  openBytes(sealed: Buffer): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#keyOf(sealed).cipher, sealed.subarray(4, 16));
    decipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(16, -16)), decipher.final()]);
  }

  #keyOf(sealed: Buffer): SealKey {
    const key = this.#keys.find((candidate) => candidate.tag.equals(sealed.subarray(0, 4)));
    if (key === undefined) throw new Error('sealed with a key that this instance does not have');
    return key;
  }

  /** A name for low-entropy text that cannot be turned back without the key. */
  fingerprint(text: string): string {
    return createHmac('sha256', this.#names).update(`name:${text}`).digest('hex').slice(0, 24);
  }
}
