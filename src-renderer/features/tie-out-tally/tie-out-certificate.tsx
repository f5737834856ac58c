import type { TieOut, TieOutParty } from '#contract/engine/sync.ts';
import { Checkbox } from '@mantine/core';
import { useState, type JSX, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { CertificateHead } from './certificate-head.tsx';
import { PartiesTable } from './parties-table.tsx';
import { PartyDrawer } from './party-drawer.tsx';
import './tie-out-tally.css';

type TieOutCertificateProps = {
  readonly tieOut: TieOut;
  readonly shownRef: RefObject<readonly TieOutParty[]>;
};

/** The certificate: its numbers, every party, and a party's bills on asking. */
export function TieOutCertificate({ tieOut, shownRef }: TieOutCertificateProps): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const { differingCount } = tieOut.totals;
  const [wish, setWish] = useState<boolean>();
  const [party, setParty] = useState<TieOutParty>();
  const [isOpen, setOpen] = useState(false);
  // Whoever comes because something differs wants to see what.
  const isDifferingOnly = wish ?? differingCount > 0;
  return (
    <>
      <CertificateHead tieOut={tieOut} />
      <Checkbox
        className="tally-tie__filter"
        label={t('filter.differing', { count: differingCount })}
        checked={isDifferingOnly}
        onChange={(event) => setWish(event.currentTarget.checked)}
      />
      <PartiesTable
        parties={tieOut.parties}
        isDifferingOnly={isDifferingOnly}
        shownRef={shownRef}
        onOpen={(next) => {
          setParty(next);
          setOpen(true);
        }}
      />
      <PartyDrawer party={party} opened={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
