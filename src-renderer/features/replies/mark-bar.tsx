import { dayWords } from '#kit/day-text.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { Button } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { MarkForm } from './mark-form.tsx';
import { isAsking, markKeys, UNMARK_KEY, type AskingMark } from './marks.ts';
import type { ThreadLine } from './threads.ts';
import type { ReplyCalls } from './use-reply-calls.ts';

type MarkBarProps = {
  readonly reply: ThreadLine & { readonly replyId: number };
  /** The mark whose form is open. */
  readonly asked: AskingMark | undefined;
  readonly calls: ReplyCalls;
  readonly onAsk: (mark: AskingMark | undefined) => void;
  readonly onClose: () => void;
};

/** What the reply is: one press or one letter; what Baaki takes it for stands out. */
export function MarkBar(props: MarkBarProps): JSX.Element {
  const { reply, asked, calls, onAsk, onClose } = props;
  const { t } = useTranslation('replies');
  if (asked !== undefined) {
    return <MarkForm key={asked} mark={asked} reply={reply} calls={calls} onClose={onClose} />;
  }
  if (reply.mark !== null) {
    return (
      <div className="marks">
        <p className="marks__hint">{t('mark.marked', { mark: t(`mark.is.${reply.mark}`) })}</p>
        <Button
          size="compact-sm"
          variant="default"
          disabled={calls.isBusy}
          rightSection={<Shortcut keys={UNMARK_KEY} />}
          onClick={() => calls.unmark(reply.replyId)}
        >
          {t('mark.takeBack')}
        </Button>
      </div>
    );
  }
  return (
    <div className="marks">
      <Hint hint={reply.hint} />
      <div className="marks__buttons" role="group" aria-label={t('mark.label')}>
        {markKeys.map(([mark, key]) => (
          <Button
            key={mark}
            size="compact-sm"
            variant={reply.hint?.mark === mark ? 'filled' : 'default'}
            disabled={calls.isBusy}
            rightSection={<Shortcut keys={key} />}
            onClick={() => (isAsking(mark) ? onAsk(mark) : calls.markAtOnce(reply.replyId, mark))}
          >
            {t(`mark.button.${mark}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** 'Looks like a promise for 05-12-2026.' A person decides. */
function Hint({ hint }: { readonly hint: ThreadLine['hint'] }): JSX.Element {
  const { t } = useTranslation('replies');
  if (hint === null) return <p className="marks__hint">{t('mark.ask')}</p>;
  const { mark, day, reference } = hint;
  const words =
    day !== null
      ? t(`mark.hintDay`, { mark: t(`mark.is.${mark}`), day: dayWords(day) })
      : t('mark.hint', { mark: t(`mark.is.${mark}`) });
  return (
    <p className="marks__hint marks__hint--told">
      <IconBulb size={15} aria-hidden />
      {words}
      {reference === null ? null : (
        <>
          {' '}
          {t('mark.reference')} <strong className="selectable">{reference}</strong>
        </>
      )}
    </p>
  );
}
