import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run dev --workspace web` proxies to a running instance; the product itself serves web/dist. */
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    sourcemap: false,
    target: 'es2023',
    // Two programs: the staff's, and the borrower's, which holds no line of the first.
    rolldownOptions: { input: { main: 'index.html', borrower: 'p.html' } },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/auth', '/status', '/p/', '/stop'].map((path) => [
        path,
        process.env['MAKEGOOD_PUBLIC_URL'] ?? 'http://127.0.0.1:8080',
      ]),
    ),
  },
});
