import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run dev --workspace web` proxies to a running instance; the product itself serves web/dist. */
export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', assetsDir: 'assets', assetsInlineLimit: 0, sourcemap: false, target: 'es2023' },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/auth', '/status'].map((path) => [path, process.env['MAKEGOOD_PUBLIC_URL'] ?? 'http://127.0.0.1:8080']),
    ),
  },
});
