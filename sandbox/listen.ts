import http from 'node:http';

export type Listener = { readonly port: number; readonly url: string; close(): Promise<void> };

/** Listens on loopback; port 0 takes a free one. */
export async function listenHttp(port: number, handle: http.RequestListener): Promise<Listener> {
  const server = http.createServer(handle);
  await new Promise<void>((ready, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      ready();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox has no port');
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      const closed = new Promise((done) => server.close(done));
      // Calls that hang on purpose would keep the server open for ever.
      server.closeAllConnections();
      await closed;
    },
  };
}
