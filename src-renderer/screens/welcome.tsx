import { BookForm } from '#features/books/book-form.tsx';
import { DemoCompany } from '#features/books/demo-company.tsx';
import { Page, Section } from '#kit/page.tsx';
import { Button, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import './screens.css';

/** No book is open: make one and go on to import, connect Tally, or look around in the demo company. */
export function WelcomeScreen(): JSX.Element {
  const { t } = useTranslation('frame');
  const [, goTo] = useLocation();
  return (
    <Page title={t('welcome.title')} note={t('welcome.note')}>
      <div className="welcome">
        <Section title={t('welcome.ownTitle')}>
          <Text c="dimmed" mb="md">
            {t('welcome.ownText')}
          </Text>
          <BookForm isFirst onCreated={() => goTo('/imports')} />
        </Section>
        <div className="welcome__side">
          <Section title={t('welcome.tallyTitle')}>
            <Text c="dimmed" mb="md">
              {t('welcome.tallyText')}
            </Text>
            <Button leftSection={<IconPlugConnected size={16} aria-hidden />} onClick={() => goTo('/tally')}>
              {t('welcome.tally')}
            </Button>
          </Section>
          <Section title={t('welcome.demoTitle')}>
            <DemoCompany onMade={() => goTo('/')} />
          </Section>
        </div>
      </div>
    </Page>
  );
}
