import { Badge, Button } from '@mantine/core';
import { IconDownload, IconPaperclip } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { saveKindOf, sizeWords } from './attachment-files.ts';
import { ChannelIcon } from '#kit/channel-icon.tsx';
import { instantWords } from '#kit/instant-text.ts';
import type { ThreadLine } from './threads.ts';

type BubbleProps = {
  readonly line: ThreadLine;
  /** The reply that the marks act on. */
  readonly isActive: boolean;
  /** Chooses it; undefined for what is no answer of a person. */
  readonly onChoose: (() => void) | undefined;
  readonly onSave: (attachmentId: number, fileName: string) => void;
};

/** One message of ours or theirs, with where it stands or what it was marked as. */
export function Bubble({ line, isActive, onChoose, onSave }: BubbleProps): JSX.Element {
  const { t } = useTranslation('replies');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const side = line.isOurs ? 'bubble--ours' : 'bubble--theirs';
  const looks = `${side}${line.isOpen ? ' bubble--open' : ''}${isActive ? ' bubble--active' : ''}`;
  const isNotice = !line.isOurs && line.kind !== 'reply';
  return (
    <article className={`bubble ${looks}`}>
      <div className="bubble__body">
        {isNotice ? <div className="bubble__kind">{t(`kind.${line.kind}`)}</div> : null}
        {line.subject === null || line.subject === '' ? null : (
          <div className="bubble__subject">{line.subject}</div>
        )}
        <p className="bubble__text">{line.text === '' ? t('noWords') : line.text}</p>
        {line.attachments.map((file) => (
          <Attachment key={file.attachmentId} file={file} onSave={onSave} />
        ))}
      </div>
      <footer className="bubble__foot">
        <ChannelIcon channel={line.channel} size={13} />
        <time>{instantWords(line.at, { zone: book?.timeZone })}</time>
        {line.state === null ? null : <span>{t(`state.${line.state}`, { ns: 'messages' })}</span>}
        {line.mark === null ? null : (
          <Badge size="xs" variant="default" radius="sm" className="bubble__mark">
            {t(`mark.is.${line.mark}`)}
          </Badge>
        )}
        {onChoose && !isActive ? (
          <button type="button" className="bubble__choose" onClick={onChoose}>
            {t('mark.choose')}
          </button>
        ) : null}
      </footer>
    </article>
  );
}

type AttachmentProps = {
  readonly file: ThreadLine['attachments'][number];
  readonly onSave: BubbleProps['onSave'];
};

function Attachment({ file, onSave }: AttachmentProps): JSX.Element {
  const { t } = useTranslation('replies');
  const canSave = saveKindOf(file.fileName) !== undefined;
  return (
    <div className="bubble__file">
      <IconPaperclip size={14} aria-hidden />
      <span className="bubble__file-name" title={file.fileName}>
        {file.fileName}
      </span>
      <span className="bubble__file-size">{sizeWords(file.byteCount)}</span>
      <Button
        size="compact-xs"
        variant="default"
        disabled={!canSave}
        title={canSave ? undefined : t('attachment.cannot')}
        leftSection={<IconDownload size={13} aria-hidden />}
        aria-label={t('attachment.saveWhat', { name: file.fileName })}
        onClick={() => onSave(file.attachmentId, file.fileName)}
      >
        {t('attachment.save')}
      </Button>
    </div>
  );
}
