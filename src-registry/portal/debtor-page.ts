import type { AnswerOf } from '#contract/registry.ts';
import type { Day } from '#domain/days.ts';
import { html, type Html } from './html.ts';
import { recordCard } from './record-cards.ts';
import { keyOr, type Say } from './say.ts';

type Named = { readonly member_id: string; readonly name: string };

export type DebtorView = {
  readonly today: Day;
  readonly records: AnswerOf<'records'>['records'];
  /** Where the ones behind these begin. */
  readonly next: string | null;
  readonly looks: AnswerOf<'looks'>['looks'];
  readonly consents: AnswerOf<'consentsOfSubject'>['consents'];
  readonly blocked: readonly Named[];
};

/** What waits for his answer first, then what is said, who looked, and what he may do about it. */
export function debtorBody(say: Say, view: DebtorView): Html {
  const { words } = say;
  const waiting = view.consents.filter(({ state }) => state === 'sent');
  const answered = view.consents.filter(({ state }) => state !== 'sent');
  return html`<div class="head">
      <h1>${words('page.me')}</h1>
      <form data-call="closeSession">
        <button class="button plain" type="submit">${words('nav.signOut')}</button>
      </form>
    </div>
    <p class="lead">${words('me.lead')}</p>
    ${waiting.map((one) => consentCard(say, one))}
    <section aria-labelledby="records">
      <h2 id="records">${words('me.records')}</h2>
      ${
        view.records.length === 0
          ? html`<p class="empty">${words('me.records.none')}</p>`
          : view.records.map((record, at) => recordCard(say, record, { at, today: view.today }))
      }
      ${
        view.next !== null &&
        html`<p>
          <a class="button" href="/me?lang=${say.lang}&amp;after=${view.next}" id="next"
            >${words('me.more.records')}</a
          >
        </p>`
      }
    </section>
    <section aria-labelledby="looks">
      <h2 id="looks">${words('me.looks')}</h2>
      ${view.looks.length === 0 ? html`<p class="empty">${words('me.looks.none')}</p>` : lookList(say, view)}
    </section>
    <section aria-labelledby="consents">
      <h2 id="consents">${words('me.consents')}</h2>
      ${
        answered.length === 0
          ? html`<p class="empty">
              ${words(waiting.length === 0 ? 'me.consents.none' : 'me.consents.waiting')}
            </p>`
          : answered.map((one) => consentCard(say, one))
      }
    </section>
    ${blockSection(say, view)} ${dataSection(say)}`;
}

function lookList(say: Say, { looks }: DebtorView): Html {
  return html`<ul class="list">
    ${looks.map(
      (look) =>
        html`<li>
          <strong>${look.member.name}</strong>
          <span>${say.words(`look.${look.outcome}`)}</span>
          <span class="hint"
            >${say.dayOfInstant(look.at)} ·
            ${say.words(keyOr(`purpose.${look.purpose}`, 'purpose.TC01'))}</span
          >
        </li>`,
    )}
  </ul>`;
}

type Consent = DebtorView['consents'][number];

function consentCard(say: Say, consent: Consent): Html {
  const { words } = say;
  const isGood = consent.state === 'granted';
  return html`<article class="card">
    <header>
      <h3>${consent.member.name}</h3>
      <span class="tag ${isGood ? 'good' : ''}"
        >${words(keyOr(`permission.${consent.state}`, 'permission.expired'))}</span
      >
    </header>
    <p>
      ${words(keyOr(`purpose.${consent.purpose}`, 'purpose.TC01'))}${consent.text !== '' && html` — <q>${consent.text}</q>`}
    </p>
    <p class="hint">
      ${words('permission.asked', { day: say.dayOfInstant(consent.asked_at) })} ·
      ${words('permission.until', { day: say.dayOfInstant(consent.expires_at) })}
    </p>
    ${
      consent.state === 'sent' &&
      html`<form data-call="answerConsent" data-consent="${consent.consent_id}" class="row">
        <button class="button main" type="submit" name="answer" value="approve">
          ${words('consent.approve')}
        </button>
        <button class="button even" type="submit" name="answer" value="deny">${words('consent.deny')}</button>
      </form>`
    }
    ${
      isGood &&
      html`<form data-call="answerConsent" data-consent="${consent.consent_id}" class="row">
        <button class="button" type="submit" name="answer" value="withdraw">
          ${words('permission.withdraw')}
        </button>
        <span class="hint">${words('permission.withdrawHint')}</span>
      </form>`
    }
  </article>`;
}

function blockSection(say: Say, view: DebtorView): Html {
  const { words } = say;
  const isBlocked = new Set(view.blocked.map(({ member_id }) => member_id));
  const met = [...view.consents, ...view.looks].map(({ member }) => member);
  const all = [...view.records.map(({ reporter }) => reporter), ...met, ...view.blocked];
  const once = [...new Map(all.map((member) => [member.member_id, member])).values()];
  if (once.length === 0) return html``;
  return html`<section aria-labelledby="blocked">
    <h2 id="blocked">${words('me.blocked')}</h2>
    <ul class="list">
      ${once.map((member) =>
        isBlocked.has(member.member_id) ? blockedRow(say, member) : blockRow(say, member),
      )}
    </ul>
  </section>`;
}

function blockedRow(say: Say, member: Named): Html {
  return html`<li>
    <strong>${member.name}</strong>
    <form data-call="blockMember" data-member="${member.member_id}" data-blocked="false">
      <button class="button plain" type="submit" aria-label="${say.words('block.undo')}: ${member.name}">
        ${say.words('block.undo')}
      </button>
    </form>
  </li>`;
}

function blockRow(say: Say, member: Named): Html {
  return html`<li>
    <details class="more">
      <summary>${say.words('block.do', { member: member.name })}</summary>
      <form data-call="blockMember" data-member="${member.member_id}" data-blocked="true">
        <p class="hint">${say.words('block.sure')}</p>
        <button class="button danger" type="submit">${say.words('block.yes')}</button>
      </form>
    </details>
  </li>`;
}

function dataSection(say: Say): Html {
  const { words } = say;
  return html`<section aria-labelledby="data">
    <h2 id="data">${words('me.more')}</h2>
    <div class="card">
      <p>
        <a class="button" href="/v1/subject/export" download="my-record.json" aria-describedby="export-hint"
          >${words('me.export')}</a
        >
      </p>
      <p class="hint" id="export-hint">${words('me.exportHint')}</p>
      <details class="more">
        <summary>${words('me.erase')}</summary>
        <form data-call="erase" data-done="${words('me.eraseDone', { id: '{{id}}' })}">
          <p class="hint">${words('me.eraseHint')}</p>
          <div class="field">
            <label for="reason">${words('me.eraseReason')}</label>
            <textarea id="reason" name="reason" rows="3" maxlength="500" required></textarea>
          </div>
          <button class="button main" type="submit">${words('me.eraseSend')}</button>
        </form>
      </details>
    </div>
  </section>`;
}
