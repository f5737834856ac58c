import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { useStarterName } from '../../words/starter-names.ts';
import type { Step } from './steps.ts';
import { textNames } from './text-names.ts';

export type TextNames = {
  /** The messages that a step can send, by key, in the order of the book. */
  readonly all: readonly { readonly key: string; readonly name: string }[];
  readonly nameOf: (key: string) => string;
  /** On none of the step's channels is there a text that may be sent. */
  readonly isTextless: (step: Pick<Step, 'templateKey' | 'channels'>) => boolean;
  /** Channels of the ladder on which there is none. */
  readonly channelsWithout: (step: Pick<Step, 'templateKey' | 'channels'>) => Step['channels'];
};

/** What the book's texts are called, in the window's language where one is written in it. */
export function useTextNames(): TextNames {
  const { i18n } = useTranslation();
  const sayName = useStarterName();
  const { data } = useQuery(orpc.templates.list.queryOptions());
  return useMemo(() => {
    // A step sends reminders only: thanks and statements go their own way.
    const texts = (data ?? []).filter((one) => one.purpose === 'reminder');
    const names = textNames(texts, i18n.language);
    const usable = new Set(texts.filter((one) => !one.isPaused).map((one) => `${one.key} ${one.channel}`));
    const channelsWithout: TextNames['channelsWithout'] = ({ templateKey, channels }) =>
      data === undefined ? [] : channels.filter((one) => !usable.has(`${templateKey} ${one}`));
    return {
      all: [...names].map(([key, name]) => ({ key, name: sayName(name) })),
      // Until the texts are there, the bare key would be shown for a moment.
      nameOf: (key) => sayName(names.get(key) ?? (data === undefined ? '' : key)),
      channelsWithout,
      isTextless: (step) => channelsWithout(step).length === step.channels.length,
    };
  }, [data, i18n.language, sayName]);
}
