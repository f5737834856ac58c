import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Lang } from './say.ts';

/** The privacy notice that a consent was given under: its version and digest stand in the artefact. A new text is a new version. */
export const NOTICE_VERSION = 'n1';

export function noticeText(lang: Lang): string {
  return read(`notice-${NOTICE_VERSION}.${lang}.md`);
}

/** Hex. */
export function noticeSha256(lang: Lang): string {
  return createHash('sha256').update(noticeText(lang), 'utf8').digest('hex');
}

export function rightsText(lang: Lang): string {
  return read(`rights.${lang}.md`);
}

function read(name: string): string {
  return readFileSync(path.join(import.meta.dirname, name), 'utf8');
}
