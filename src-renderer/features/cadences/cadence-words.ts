import type { Step } from './steps.ts';

/** Looks a phrase up in the words of the window's language. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** '3 days before the due day', 'on the due day', '7 days after the step before'. */
function whenWords({ anchor, days }: Pick<Step, 'anchor' | 'days'>, say: Say): string {
  const side = days < 0 ? 'before' : 'after';
  return days === 0 ? say(`when.${anchor}.on`) : say(`when.${anchor}.${side}`, { count: Math.abs(days) });
}

/** 'WhatsApp, else SMS, else mail'. */
function ladderWords(channels: Step['channels'], say: Say): string {
  return channels.map((channel) => say(`reminders:channel.${channel}`)).join(say('summary.else'));
}

/** '3 days before the due day: WhatsApp, else SMS, friendly'. */
export function stepWords(step: Step, say: Say): string {
  const parts = [ladderWords(step.channels, say), say(`reminders:tone.${step.tone}`)];
  const { repeatEveryDays, repeatMost } = step;
  if (repeatEveryDays !== null) {
    parts.push(
      repeatMost === null
        ? say('summary.repeats', { count: repeatEveryDays })
        : say('summary.repeatsMost', { count: repeatEveryDays, most: repeatMost }),
    );
  }
  if (step.attaches !== null) parts.push(say('summary.with', { letter: say(`attaches.${step.attaches}`) }));
  if (step.needsPerson) parts.push(say('summary.person'));
  return say('summary.step', { when: whenWords(step, say), what: parts.join(', ') });
}

/** The whole cadence in one sentence. */
export function cadenceWords(steps: readonly Step[], say: Say): string {
  if (steps.length === 0) return say('summary.none');
  const said = steps.map((step) => stepWords(step, say)).join('; ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${say('summary.end')}`;
}
