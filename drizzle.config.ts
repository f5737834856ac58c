import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: ['./src-engine/storage/schema.ts', './src-engine/storage/schema-by-hand.ts'],
  out: './src-engine/storage/migrations',
});
