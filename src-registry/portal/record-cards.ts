import type { AnswerOf } from '#contract/registry.ts';
import { daysBetween, isDay, type Day } from '#domain/days.ts';
import { disputeReasons } from '#domain/registry/words.ts';
import { html, type Html } from './html.ts';
import { keyOr, type Say } from './say.ts';

export type Record = AnswerOf<'records'>['records'][number];

/** One due: who says what of it, who can see it, and how to object. */
export function recordCard(say: Say, record: Record, { at, today }: { at: number; today: Day }): Html {
  const { words } = say;
  return html`<article class="card record" aria-labelledby="record-${at}">
    <header>
      <h3 id="record-${at}">${record.reporter.name}</h3>
      <span class="tag ${record.state === 'settled' ? 'good' : ''}">${words(`state.${record.state}`)}</span>
    </header>
    <p class="amount">
      ${say.money(record.state === 'settled' ? record.amount_p : record.open_p)}
      ${
        record.state !== 'settled' &&
        record.open_p !== record.amount_p &&
        html`<span class="of">${words('record.of', { amount: say.money(record.amount_p) })}</span>`
      }
    </p>
    <p class="late">${lateWords(say, record, today)}</p>
    <dl class="facts">
      <dt>${words('record.seen')}</dt>
      <dd>${seenWords(say, record)}</dd>
      <dt>${words('record.bill')}</dt>
      <dd>${say.day(record.invoice_on)}</dd>
      <dt>${words('record.due')}</dt>
      <dd>${say.day(record.due_on)}</dd>
      <dt>${words('record.evidence')}</dt>
      <dd>${words(`evidence.${record.evidence}`)}</dd>
      <dt>${words('record.reported')}</dt>
      <dd>${say.dayOfInstant(record.reported_at)}</dd>
    </dl>
    ${record.dispute === null ? disputeForm(say, record, at) : disputeNote(say, record.dispute)}
  </article>`;
}

function lateWords(say: Say, record: Record, today: Day): string {
  if (!isDay(record.due_on)) return '';
  const { settled_on: settled } = record;
  if (settled !== null && isDay(settled)) {
    const days = daysBetween(record.due_on, settled);
    const paid = say.words('record.paid', { day: say.day(settled) });
    if (days <= 0) return `${paid} · ${say.words('record.onTime')}`;
    return `${paid} · ${days === 1 ? say.words('record.paidLateOne') : say.words('record.paidLate', { days })}`;
  }
  const days = daysBetween(record.due_on, today);
  return days === 1 ? say.words('record.lateOne') : say.words('record.late', { days: Math.max(0, days) });
}

function seenWords(say: Say, { visibility, visible_from: from }: Record): string {
  return say.words(`visibility.${visibility}`, { day: from === null ? '' : say.day(from) });
}

function disputeForm(say: Say, record: Record, at: number): Html {
  const { words } = say;
  return html`<details class="more">
    <summary>${words('dispute.do')}</summary>
    <form data-call="openDispute" data-reporter="${record.reporter.member_id}" data-due="${record.due_ref}">
      <fieldset>
        <legend>${words('dispute.why')}</legend>
        ${disputeReasons.map(
          (reason) =>
            html`<label class="choice"
              ><input type="radio" name="reason" value="${reason}" required />
              <span>${words(`dispute.${reason}`)}</span></label
            >`,
        )}
      </fieldset>
      <div class="field">
        <label for="proof-${at}">${words('dispute.proof')}</label>
        <span class="hint" id="proof-hint-${at}">${words('dispute.proofHint')}</span>
        <input id="proof-${at}" name="proof" type="file" aria-describedby="proof-hint-${at}" />
        <p class="hint made" role="status"></p>
      </div>
      <button class="button main" type="submit">${words('dispute.send')}</button>
    </form>
  </details>`;
}

function disputeNote(say: Say, dispute: NonNullable<Record['dispute']>): Html {
  const reason = say.words(keyOr(`dispute.${dispute.reason}`, 'dispute.do'));
  return html`<p class="note">${say.words(`dispute.state.${dispute.state}`, { reason })}</p>`;
}
