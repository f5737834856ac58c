import { EmptyState } from '#kit/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { lazy, Suspense, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { CrashBoundary } from './crash-boundary.tsx';
import { BillsScreen } from '../screens/bills.tsx';
import { CustomerScreen } from '../screens/customer.tsx';
import { CustomersScreen } from '../screens/customers.tsx';
import { DashboardScreen } from '../screens/dashboard.tsx';
import { WelcomeScreen } from '../screens/welcome.tsx';

const ChequesScreen = lazy(async () => ({ default: (await import('../screens/cheques.tsx')).ChequesScreen }));
const ImportsScreen = lazy(async () => ({ default: (await import('../screens/imports.tsx')).ImportsScreen }));
const BooksScreen = lazy(async () => ({ default: (await import('../screens/books.tsx')).BooksScreen }));
const SettingsScreen = lazy(async () => ({
  default: (await import('../screens/settings.tsx')).SettingsScreen,
}));

const InboxScreen = lazy(async () => ({ default: (await import('../screens/inbox.tsx')).InboxScreen }));
const RemindersScreen = lazy(async () => ({
  default: (await import('../screens/reminders.tsx')).RemindersScreen,
}));
const RegistryScreen = lazy(async () => ({
  default: (await import('../screens/registry.tsx')).RegistryScreen,
}));
const TallyScreen = lazy(async () => ({ default: (await import('../screens/tally.tsx')).TallyScreen }));
const TallyTieOutScreen = lazy(async () => ({
  default: (await import('../screens/tally-tie-out.tsx')).TallyTieOutScreen,
}));

/** Which address shows which screen. Without a book, what needs one shows the welcome. */
export function Routes({ hasBook }: { readonly hasBook: boolean }): JSX.Element {
  const [path] = useLocation();
  return (
    <CrashBoundary resetKey={path} fallback={<Crashed />}>
      <Suspense fallback={null}>
        <Switch>
          <Route path="/books" component={BooksScreen} />
          <Route path="/settings" component={SettingsScreen} />
          <Route path="/imports" component={ImportsScreen} />
          <Route path="/tally" component={TallyScreen} />
          <Route path="/tally/tie-out" component={hasBook ? TallyTieOutScreen : WelcomeScreen} />
          <Route path="/" component={hasBook ? DashboardScreen : WelcomeScreen} />
          <Route path="/customers" component={hasBook ? CustomersScreen : WelcomeScreen} />
          <Route path="/customers/:id">
            {({ id }) => (hasBook ? <CustomerScreen key={id} customerId={Number(id)} /> : <WelcomeScreen />)}
          </Route>
          <Route path="/bills" component={hasBook ? BillsScreen : WelcomeScreen} />
          <Route path="/cheques" component={hasBook ? ChequesScreen : WelcomeScreen} />
          <Route path="/reminders" component={hasBook ? RemindersScreen : WelcomeScreen} />
          <Route path="/registry" component={hasBook ? RegistryScreen : WelcomeScreen} />
          <Route path="/inbox" component={hasBook ? InboxScreen : WelcomeScreen} />
          <Route>
            <Redirect to="/" />
          </Route>
        </Switch>
      </Suspense>
    </CrashBoundary>
  );
}

function Crashed(): JSX.Element {
  const { t } = useTranslation('frame');
  return (
    <EmptyState
      icon={<IconAlertTriangle size={36} stroke={1.3} />}
      title={t('crashed.title')}
      next={t('crashed.next')}
      actions={<Button onClick={() => window.location.reload()}>{t('crashed.reload')}</Button>}
    />
  );
}
