import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const API = process.env.API ?? 'http://localhost:8787';

export default defineConfig({
  root: import.meta.dirname,
  cacheDir: resolve(import.meta.dirname, '../node_modules/.cache/vite-console'),
  plugins: [react(), tailwindcss()],
  build: {
    outDir: resolve(import.meta.dirname, '../dist/assets'),
    // The API reference lives in the same folder, and another instance may be serving it.
    emptyOutDir: false,
    assetsDir: 'console',
    // A data: URL would need a hole in the policy of the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What most pages share comes in one piece instead of forty.
        codeSplitting: {
          groups: [
            {
              name: 'shared',
              test: /lucide-react|console\/src\/(?:api|core|kit|session|shell|ui)\//,
              minShareCount: 5,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      // The API takes the refresh cookie from pages of its own origin only.
      '/api': { target: API, changeOrigin: true, ws: true, headers: { Origin: API } },
    },
  },
});
