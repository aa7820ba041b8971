import { Client, Connection } from '@temporalio/client';
import { codecKeys } from '../config/setting-values.ts';
import { createPayloadCodec } from './codec.ts';

/** A client as the parts use it: same address, namespace and codec keys. */
export async function connectTemporal(environment: Readonly<Record<string, string | undefined>>): Promise<Client> {
  const keys = codecKeys.parse(environment['MAKEGOOD_CODEC_KEYS'] ?? '');
  const connection = await Connection.connect({ address: environment['TEMPORAL_ADDRESS'] ?? '' });
  return new Client({
    connection,
    namespace: environment['TEMPORAL_NAMESPACE'] ?? 'makegood',
    dataConverter: { payloadCodecs: [createPayloadCodec(keys)] },
  });
}
