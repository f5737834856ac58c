import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { html, type Html } from './html.ts';
import type { Say } from './say.ts';
import { en, type PortalKey } from './words-en.ts';

/** What the pages load besides their own text: one stylesheet and one script. */
export const assets = {
  'portal.css': asset('portal.css', 'text/css; charset=utf-8'),
  'portal.js': asset('portal.js', 'text/javascript; charset=utf-8'),
} as const;

type Asset = { readonly text: string; readonly type: string; readonly version: string };

function asset(name: string, type: string): Asset {
  const text = readFileSync(path.join(import.meta.dirname, 'assets', name), 'utf8');
  return { text, type, version: createHash('sha256').update(text).digest('hex').slice(0, 12) };
}

export type Page = {
  readonly title: PortalKey;
  readonly registryName: string;
  /** Path with its query, without the language: where the other language of this page is. */
  readonly here: string;
  readonly body: Html;
  /** Of whoever is signed in: sent with everything that changes something. */
  readonly csrf?: string;
};

/** What the script says by itself, by key, in the page's language. */
const SCRIPT_KEYS = Object.keys(en).filter((key): key is PortalKey =>
  /^(?:problem\.|wait$|done$|dispute\.proofMade$)/.test(key),
);

export function pageOf(say: Say, page: Page): string {
  // The script itself says which fingerprint: its place must come through as it is.
  const digest = '{{digest}}';
  const words = JSON.stringify(
    Object.fromEntries(SCRIPT_KEYS.map((key) => [key, say.words(key, { digest })])),
  );
  const to = (path: string): string => `${path}?lang=${say.lang}`;
  const whole = html`<!doctype html>
    <html lang="${say.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${say.words(page.title)} · ${page.registryName}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/portal.css?v=${assets['portal.css'].version}" />
        <script type="module" src="/assets/portal.js?v=${assets['portal.js'].version}"></script>
      </head>
      <body data-words="${words}" data-csrf="${page.csrf ?? ''}" data-lang="${say.lang}">
        <a class="skip" href="#content">${say.words('nav.skip')}</a>
        <header class="top">
          <a class="brand" href="${to('/')}">${page.registryName}</a>
          <nav aria-label="${say.words('nav.language')}" class="languages">
            ${language(say, page, 'en', 'English')} ${language(say, page, 'hi', 'हिन्दी')}
          </nav>
        </header>
        <main id="content" tabindex="-1">
          <noscript><p class="note warn">${say.words('noscript')}</p></noscript>
          ${page.body}
          <p class="status" role="status" aria-live="polite" id="status"></p>
        </main>
        <footer>
          <nav aria-label="${say.words('nav.foot')}">
            <a href="${to('/')}">${say.words('nav.start')}</a>
            <a href="${to('/rights')}">${say.words('nav.rights')}</a>
            <a href="${to('/privacy')}">${say.words('nav.privacy')}</a>
            <a href="${to('/rights')}#grievance">${say.words('nav.grievance')}</a>
          </nav>
        </footer>
      </body>
    </html>`;
  return whole.html;
}

function language(say: Say, page: Page, lang: 'en' | 'hi', name: string): Html {
  const href = `${page.here}${page.here.includes('?') ? '&' : '?'}lang=${lang}`;
  return say.lang === lang
    ? html`<a href="${href}" lang="${lang}" aria-current="true">${name}</a>`
    : html`<a href="${href}" lang="${lang}" hreflang="${lang}">${name}</a>`;
}
