import { html, type Html } from './html.ts';
import type { Say } from './say.ts';

export function startBody(say: Say): Html {
  return html`<h1>${say.words('page.start')}</h1>
    <p class="lead">${say.words('start.lead')}</p>
    <ul class="points">
      <li>${say.words('start.one')}</li>
      <li>${say.words('start.two')}</li>
      <li>${say.words('start.three')}</li>
    </ul>
    <p><a class="button main" href="/login?lang=${say.lang}">${say.words('start.go')}</a></p>`;
}

/** Two steps in one page: the script shows the second once the first was sent. */
export function loginBody(say: Say): Html {
  return html`<h1>${say.words('page.login')}</h1>
    <p class="lead">${say.words('login.lead')}</p>
    <form data-call="askSession" class="card" id="ask">
      <div class="field">
        <label for="mobile">${say.words('login.mobile')}</label>
        <span class="hint" id="mobile-hint">${say.words('login.mobileHint')}</span>
        <div class="prefixed">
          <span aria-hidden="true">+91</span>
          <input
            id="mobile"
            name="mobile"
            type="tel"
            inputmode="numeric"
            autocomplete="tel-national"
            required
            pattern="(\\+?91|0)?[ \\-]?[6-9][0-9 \\-]{9,12}"
            maxlength="16"
            aria-describedby="mobile-hint"
          />
        </div>
      </div>
      <div class="field">
        <label for="identifier">${say.words('login.identifier')}</label>
        <span class="hint" id="identifier-hint">${say.words('login.identifierHint')}</span>
        <input
          id="identifier"
          name="identifier"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          maxlength="20"
          aria-describedby="identifier-hint"
        />
      </div>
      <button class="button main" type="submit">${say.words('login.send')}</button>
    </form>
    <form data-call="openSession" class="card" id="open" hidden>
      <p class="note">${say.words('login.sent')}</p>
      <p class="hint">${say.words('login.notTold')}</p>
      ${otpField(say)}
      <div class="row">
        <button class="button main" type="submit">${say.words('otp.open')}</button>
        <button class="button plain" type="button" data-again="ask">${say.words('otp.again')}</button>
      </div>
    </form>`;
}

export function otpField(say: Say): Html {
  return html`<div class="field">
    <label for="otp">${say.words('otp.label')}</label>
    <span class="hint" id="otp-hint">${say.words('otp.hint')}</span>
    <input
      id="otp"
      name="otp"
      class="otp"
      inputmode="numeric"
      autocomplete="one-time-code"
      pattern="[0-9]{6}"
      maxlength="6"
      required
      aria-describedby="otp-hint"
    />
  </div>`;
}

/** Paragraphs and numbered points of a text in the form of the terms: '#' a heading, '1.' a point. */
export function textBody(text: string): Html {
  const blocks = text.trim().split(/\n{2,}/);
  return html`${blocks.map((block) => {
    if (block.startsWith('# ')) return html`<h1>${block.slice(2)}</h1>`;
    if (block.startsWith('## ')) return html`<h2>${block.slice(3)}</h2>`;
    const points = block.split('\n').filter((line) => /^\d+\. /.test(line));
    if (points.length > 0)
      return html`<ol>
        ${points.map((line) => html`<li>${line.replace(/^\d+\. /, '')}</li>`)}
      </ol>`;
    return html`<p>${block}</p>`;
  })}`;
}
