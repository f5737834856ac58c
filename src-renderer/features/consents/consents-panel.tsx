import { useAsOf } from '#kit/as-of.tsx';
import { SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { consentLists, isFound, type ConsentList } from './consent-lists.ts';
import { ConsentsTable } from './consents-table.tsx';
import './consents.css';
import { PausesTable } from './pauses-table.tsx';
import { SuppressionsTable } from './suppressions-table.tsx';

/** What each list is given. */
export type ListProps = {
  /** Rows that hold the typed words; stable. */
  readonly isShown: (row: Parameters<typeof isFound>[0]) => boolean;
  readonly isSearched: boolean;
  /** Another day is looked at: nothing may be written. */
  readonly isOff: boolean;
};

/** Who is not written to, who agreed, and whose reminders rest. */
export function ConsentsPanel(): JSX.Element {
  const { t } = useTranslation('consents');
  const { isMoved } = useAsOf();
  const [list, setList] = useState<ConsentList>('suppressions');
  const [text, setText] = useState('');
  const isShown = useCallback<ListProps['isShown']>((row) => isFound(row, text), [text]);
  const props = { isShown, isSearched: text.trim() !== '', isOff: isMoved };
  return (
    <div className="consents">
      <div className="consents__tools">
        <SegmentedControl
          size="xs"
          aria-label={t('listLabel')}
          value={list}
          data={consentLists.map((value) => ({ value, label: t(`list.${value}`) }))}
          onChange={(next) => setList(consentLists.find((one) => one === next) ?? 'suppressions')}
        />
        <TextInput
          className="consents__search"
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={({ key }) => {
            if (key === 'Escape') setText('');
          }}
        />
      </div>
      {list === 'suppressions' ? <SuppressionsTable {...props} /> : null}
      {list === 'consents' ? <ConsentsTable {...props} /> : null}
      {list === 'pauses' ? <PausesTable {...props} /> : null}
    </div>
  );
}
