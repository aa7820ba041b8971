import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';

interface SealKey {
  /** Four bytes in front of what the key sealed. */
  tag: Buffer;
  cipher: Buffer;
  nonce: Buffer;
}

/**
 * Seals what must not lie open in the database: tax ids and the files themselves. AES-256-GCM; the nonce is a keyed hash of
 * the content, so the same text gives the same seal (a re-sent row shows no change) and no nonce is used for two contents.
 */
export class Sealer {
  readonly #keys: readonly SealKey[];
  readonly #first: SealKey;
  readonly #names: Buffer;

  /** @param keys 32 bytes each, newest first: the first seals, all open. The oldest names people without a number. */
  constructor(keys: readonly Buffer[]) {
    this.#keys = keys.map((key) => ({
      tag: createHash('sha256').update('makegood import tag').update(key).digest().subarray(0, 4),
      cipher: Buffer.from(hkdfSync('sha256', key, '', 'makegood import seal', 32)),
      nonce: Buffer.from(hkdfSync('sha256', key, '', 'makegood import nonce', 32)),
    }));
    const [first] = this.#keys;
    const oldest = this.#keys.at(-1);
    if (first === undefined || oldest === undefined) throw new Error('a sealer needs a key');
    this.#first = first;
    this.#names = oldest.nonce;
  }

  text(plain: string): string {
    return `s1.${this.bytes(Buffer.from(plain)).toString('base64url')}`;
  }

  openText(sealed: string): string {
    return this.openBytes(Buffer.from(sealed.slice(3), 'base64url')).toString();
  }

  bytes(plain: Buffer): Buffer {
    const nonce = createHmac('sha256', this.#first.nonce).update(plain).digest().subarray(0, 12);
    const cipher = createCipheriv('aes-256-gcm', this.#first.cipher, nonce);
    return Buffer.concat([this.#first.tag, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  openBytes(sealed: Buffer): Buffer {
    const key = this.#keys.find((candidate) => candidate.tag.equals(sealed.subarray(0, 4)));
    if (key === undefined) throw new Error('sealed with a key that this instance does not have');
    const decipher = createDecipheriv('aes-256-gcm', key.cipher, sealed.subarray(4, 16));
    decipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(16, -16)), decipher.final()]);
  }

  /** A name for low-entropy text that cannot be turned back without the key. */
  fingerprint(text: string): string {
    return createHmac('sha256', this.#names).update(`name:${text}`).digest('hex').slice(0, 24);
  }
}
