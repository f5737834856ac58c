import { TALLY_PORT } from '#contract/engine/sync-words.ts';
import { Button, NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconSearch } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { Address } from './connecting.ts';
import './connect.css';

type AddressFormProps = {
  readonly initial: Address | null;
  readonly submit: string;
  readonly isBusy: boolean;
  readonly onAddress: (address: Address) => void;
};

const PORT_MOST = 65_535;
/** A name or an address, without scheme and path; the engine checks it once more. */
const HOST = /^[A-Za-z0-9:](?:[A-Za-z0-9._:-]*[A-Za-z0-9:])?$/;

/** Where Tally is, when it is not on this computer's usual port. Enter looks. */
export function AddressForm({ initial, submit, isBusy, onAddress }: AddressFormProps): JSX.Element {
  const { t } = useTranslation('sync');
  const form = useForm<{ host: string; port: number | string }>({
    initialValues: { host: initial?.host ?? '', port: initial?.port ?? TALLY_PORT },
    validate: {
      host: (host) => (HOST.test(host.trim()) ? null : t('address.hostWrong')),
      port: (port) => {
        const number = Number(port);
        return Number.isInteger(number) && number >= 1 && number <= PORT_MOST ? null : t('address.portWrong');
      },
    },
  });
  return (
    <form
      className="address"
      onSubmit={form.onSubmit(({ host, port }) => onAddress({ host: host.trim(), port: Number(port) }))}
    >
      <TextInput
        className="address__host"
        label={t('address.host')}
        placeholder={t('address.hostShape')}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('host')}
      />
      <NumberInput
        className="address__port"
        label={t('address.port')}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        thousandSeparator=""
        {...form.getInputProps('port')}
      />
      <Button
        type="submit"
        variant="default"
        className="address__look"
        loading={isBusy}
        leftSection={<IconSearch size={16} aria-hidden />}
      >
        {submit}
      </Button>
    </form>
  );
}
