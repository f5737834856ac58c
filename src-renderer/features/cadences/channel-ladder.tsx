import { channels as allChannels, type Channel } from '#domain/reminders/words.ts';
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import type { JSX, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelIcon } from '#kit/channel-icon.tsx';
import { moveChannel, type Step } from './steps.ts';

type ChannelLadderProps = {
  readonly channels: Step['channels'];
  /** Those for which there is no text. */
  readonly without: readonly Channel[];
  readonly onChange: (channels: Step['channels']) => void;
};

/** The channels in the order in which they are tried; Alt with an arrow moves one, Delete takes it out. */
export function ChannelLadder({ channels, without, onChange }: ChannelLadderProps): JSX.Element {
  const { t } = useTranslation(['cadences', 'reminders']);
  const remove = (channel: Channel): void => {
    // One way to reach the customer has to stay.
    if (channels.length > 1) onChange(channels.filter((one) => one !== channel));
  };
  const onKeyDown = (event: KeyboardEvent, channel: Channel): void => {
    const at = channels.indexOf(channel);
    if (event.altKey && event.key === 'ArrowUp') onChange(moveChannel(channels, at, -1));
    else if (event.altKey && event.key === 'ArrowDown') onChange(moveChannel(channels, at, 1));
    else if (event.key === 'Delete') remove(channel);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const missing = allChannels.filter((one) => !channels.includes(one));
  return (
    <div>
      <div className="field-label" id="channel-ladder">
        {t('form.channels')}
      </div>
      <div className="field-hint">{t('form.channelsHint')}</div>
      <ol className="ladder" aria-labelledby="channel-ladder">
        {channels.map((channel, at) => {
          const name = t(`reminders:channel.${channel}`);
          return (
            // The keys are shorter ways to the buttons in it.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
            <li key={channel} className="ladder__rung" onKeyDown={(event) => onKeyDown(event, channel)}>
              <span className="ladder__name">
                <ChannelIcon channel={channel} size={15} /> <span aria-hidden>{name}</span>
                {without.includes(channel) ? <em className="ladder__without">{t('form.noText')}</em> : null}
              </span>
              <ActionIcon
                size={24}
                disabled={at === 0}
                aria-label={t('form.up', { name })}
                onClick={() => onChange(moveChannel(channels, at, -1))}
              >
                <IconArrowUp size={15} aria-hidden />
              </ActionIcon>
              <ActionIcon
                size={24}
                disabled={at === channels.length - 1}
                aria-label={t('form.down', { name })}
                onClick={() => onChange(moveChannel(channels, at, 1))}
              >
                <IconArrowDown size={15} aria-hidden />
              </ActionIcon>
              <ActionIcon
                size={24}
                disabled={channels.length === 1}
                aria-label={t('form.without', { name })}
                onClick={() => remove(channel)}
              >
                <IconX size={15} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ol>
      <div className="ladder__more">
        {missing.map((channel) => (
          <Button
            key={channel}
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={12} aria-hidden />}
            onClick={() => onChange([...channels, channel])}
          >
            {t(`reminders:channel.${channel}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
