import type { ConsentState, PurposeCode } from '#domain/registry/words.ts';
import type { StoredRequest } from '../consents/requests.ts';
import { html, type Html } from './html.ts';
import { keyOr, type Say } from './say.ts';
import { otpField } from './start-page.ts';

export type ConsentView = {
  readonly link: string;
  /** The member's verified name. */
  readonly legalName: string;
  readonly purpose: PurposeCode;
  readonly state: ConsentState;
  readonly request: StoredRequest;
  readonly isBlocked: boolean;
  /** Businesses that say something of him; null where nobody is to be told of it, or the reader may be somebody else. */
  readonly reporterCount: number | null;
};

/** Who asks for what, and the three answers. */
export function consentBody(say: Say, view: ConsentView): Html {
  const { words } = say;
  const state = view.isBlocked ? 'blocked' : view.state;
  return html`<h1>${words('page.consent')}</h1>
    <section class="card asked">
      <p class="who">${view.legalName}</p>
      <p class="lead">${words(keyOr(`consent.lead.${view.purpose}`, 'consent.lead.TC01'))}</p>
      <p class="hint">${words('consent.nameNote')}</p>
      <dl class="facts">
        <dt>${words('consent.purpose')}</dt>
        <dd>${words(keyOr(`purpose.${view.purpose}`, 'purpose.TC01'))}</dd>
        ${
          view.request.purpose.text !== '' &&
          html`<dt>${words('consent.theirWords')}</dt>
            <dd><q>${view.request.purpose.text}</q></dd>`
        }
        <dt>${words('consent.told')}</dt>
        <dd>${toldWords(say, view)}</dd>
        <dt>${words('consent.long')}</dt>
        <dd>
          ${
            view.purpose === 'TC02'
              ? words('consent.long.publish', { day: say.day(view.request.expiry) })
              : words('consent.long.check', {
                  day: say.day(view.request.expiry),
                  days: view.request.data_life.value,
                })
          }
        </dd>
      </dl>
    </section>
    ${state === 'sent' || state === 'held' ? answerForms(say, view) : doneNote(say, state)}
    ${state === 'granted' && withdrawForms(say, view)}
    <p class="hint"><a href="/login?lang=${say.lang}">${words('consent.signed')}</a></p>`;
}

function toldWords(say: Say, { purpose, request }: ConsentView): Html {
  if (purpose === 'TC02') return html`${say.words('consent.told.publish')}`;
  return html`<ul>
    <li>${say.words('consent.told.summary')}</li>
    ${request.scope.includes('TREND_24M') && html`<li>${say.words('consent.told.trend')}</li>`}
    <li>${say.words('consent.told.never')}</li>
  </ul>`;
}

/** The answer is given with the password that the link's own contact is sent; a link alone opens nothing. */
function answerForms(say: Say, { link, state, reporterCount }: ConsentView): Html {
  const { words } = say;
  return html`${state === 'held' && html`<p class="note warn">${words('consent.held')}</p>`}
    <p class="note">${words('consent.free')}</p>
    <form data-call="askLinkOtp" data-link="${link}" class="card" id="ask">
      <p class="hint">${words('consent.sendHint')}</p>
      <button class="button main" type="submit">${words('consent.sendOtp')}</button>
    </form>
    <form data-call="answerLink" data-link="${link}" class="card" id="open" hidden>
      ${otpField(say)} ${reporterCount !== null && reportedNote(say, reporterCount)}
      <p class="hint">
        ${words('consent.notice')} <a href="/privacy?lang=${say.lang}">${words('nav.privacy')}</a>
      </p>
      <div class="answers">
        <button class="button main" type="submit" name="answer" value="approve">
          ${words('consent.approve')}
        </button>
        <button class="button even" type="submit" name="answer" value="deny">${words('consent.deny')}</button>
        <button class="button danger" type="submit" name="answer" value="block" aria-describedby="block-hint">
          ${words('consent.block')}
        </button>
      </div>
      <p class="hint" id="block-hint">${words('consent.blockHint')}</p>
      <button class="button plain" type="button" data-again="ask">${words('otp.again')}</button>
    </form>`;
}

/** Before he allows anybody to be told of it, he knows that there is something, and where he can object to it. */
function reportedNote(say: Say, count: number): Html {
  if (count === 0) return html`<p class="note">${say.words('consent.reported.none')}</p>`;
  const many = count === 1 ? 'consent.reported.one' : 'consent.reported.many';
  return html`<p class="note warn" id="reported">
    ${say.words(many, { count })}
    <a href="/login?lang=${say.lang}">${say.words('consent.reported.see')}</a>
  </p>`;
}

/** Taking back takes the same two steps as agreeing did, and no more. */
function withdrawForms(say: Say, { link }: ConsentView): Html {
  const { words } = say;
  return html`<form data-call="askLinkOtp" data-link="${link}" id="ask">
      <button class="button" type="submit">${words('permission.withdraw')}</button>
    </form>
    <form data-call="answerLink" data-link="${link}" class="card" id="open" hidden>
      ${otpField(say)}
      <button class="button main" type="submit" name="answer" value="withdraw">
        ${words('permission.withdraw')}
      </button>
    </form>`;
}

function doneNote(say: Say, state: string): Html {
  return html`<p class="note ${state === 'granted' ? 'good' : ''}" id="answered">
    ${say.words(keyOr(`consent.done.${state}`, 'consent.done.expired'))}
  </p>`;
}
