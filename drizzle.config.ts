import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: [
    './src-engine/storage/schema.ts',
    './src-engine/storage/schema-by-hand.ts',
    './src-engine/storage/schema-tally.ts',
    './src-engine/storage/schema-reminders.ts',
    './src-engine/storage/schema-inbox.ts',
    './src-engine/storage/schema-registry.ts',
  ],
  out: './src-engine/storage/migrations',
});
