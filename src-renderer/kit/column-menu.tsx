import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './column-menu.css';

type ColumnMenuProps = {
  /** Every column there is; the first stays where it is. */
  readonly columns: readonly { readonly key: string; readonly label: string }[];
  /** Keys of those that are shown, in their order. */
  readonly shown: readonly string[];
  readonly onChange: (shown: readonly string[]) => void;
};

/** Which columns a table shows, and in which order. */
export function ColumnMenu({ columns, shown, onChange }: ColumnMenuProps): JSX.Element {
  const { t } = useTranslation('kit');
  const known = new Map(columns.map(({ key, label }) => [key, label]));
  const hidden = columns.map(({ key }) => key).filter((key) => !shown.includes(key));
  const move = (at: number, by: number): void => {
    const next = [...shown];
    next.splice(at + by, 0, ...next.splice(at, 1));
    onChange(next);
  };
  return (
    <Popover trapFocus returnFocus position="bottom-end" shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          {t('columns.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columns.title')}>
        <ul className="column-menu">
          {[...shown, ...hidden].map((key, at) => {
            const label = known.get(key) ?? key;
            const isShown = at < shown.length;
            return (
              <li key={key}>
                <Checkbox
                  size="xs"
                  label={label}
                  checked={isShown}
                  disabled={at === 0}
                  onChange={() => onChange(isShown ? shown.filter((one) => one !== key) : [...shown, key])}
                />
                {isShown && at > 0 ? (
                  <span className="column-menu__moves">
                    <ActionIcon
                      size={20}
                      disabled={at < 2}
                      aria-label={t('columns.earlier', { column: label })}
                      onClick={() => move(at, -1)}
                    >
                      <IconArrowUp size={14} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      size={20}
                      disabled={at === shown.length - 1}
                      aria-label={t('columns.later', { column: label })}
                      onClick={() => move(at, 1)}
                    >
                      <IconArrowDown size={14} aria-hidden />
                    </ActionIcon>
                  </span>
                ) : null}
              </li>
            );
          })}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
