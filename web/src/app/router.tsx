import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { NotFound } from '../ui/not-found.tsx';
import { Shell } from './shell.tsx';

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound });

type Search = Record<string, string | undefined>;

/** Filters live in the address, so that a view can be sent to a colleague and the back button works. */
const textSearch = (search: Record<string, unknown>): Search =>
  Object.fromEntries(
    Object.entries(search).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [],
    ),
  );

const under = { getParentRoute: () => rootRoute, validateSearch: textSearch };
const portfolio = createRoute({
  ...under,
  path: '/',
  component: lazyRouteComponent(() => import('../features/portfolio/portfolio-page.tsx'), 'PortfolioPage'),
});
const work = createRoute({
  ...under,
  path: '/work',
  component: lazyRouteComponent(() => import('../features/work/work-page.tsx'), 'WorkPage'),
});
const accounts = createRoute({
  ...under,
  path: '/accounts',
  component: lazyRouteComponent(() => import('../features/accounts/accounts-page.tsx'), 'AccountsPage'),
});
const loan = createRoute({
  ...under,
  path: '/loans/$loan',
  component: lazyRouteComponent(() => import('../features/case/case-page.tsx'), 'CasePage'),
});
const phones = createRoute({
  ...under,
  path: '/phones',
  component: lazyRouteComponent(() => import('../features/phone/phones-page.tsx'), 'PhonesPage'),
});
const clock = createRoute({
  ...under,
  path: '/time',
  component: lazyRouteComponent(() => import('../features/clock/clock-page.tsx'), 'ClockPage'),
});
const imports = createRoute({
  ...under,
  path: '/import',
  component: lazyRouteComponent(() => import('../features/import/import-page.tsx'), 'ImportPage'),
});
const reach = createRoute({
  ...under,
  path: '/reach',
  component: lazyRouteComponent(() => import('../features/reach/reach-page.tsx'), 'ReachPage'),
});
const policies = createRoute({
  ...under,
  path: '/policies',
  component: lazyRouteComponent(() => import('../features/policies/policies-page.tsx'), 'PoliciesPage'),
});
const rules = createRoute({
  ...under,
  path: '/rules',
  component: lazyRouteComponent(() => import('../features/rules/rules-page.tsx'), 'RulesPage'),
});
const reports = createRoute({
  ...under,
  path: '/reports',
  component: lazyRouteComponent(() => import('../features/reports/reports-page.tsx'), 'ReportsPage'),
});
const letters = createRoute({
  ...under,
  path: '/letters',
  component: lazyRouteComponent(() => import('../features/letters/letters-page.tsx'), 'LettersPage'),
});
const sending = createRoute({
  ...under,
  path: '/sending',
  component: lazyRouteComponent(() => import('../features/sending/sending-page.tsx'), 'SendingPage'),
});
const staff = createRoute({
  ...under,
  path: '/staff',
  component: lazyRouteComponent(() => import('../features/staff/staff-page.tsx'), 'StaffPage'),
});

const routes = [
  portfolio,
  work,
  accounts,
  loan,
  phones,
  clock,
  imports,
  reach,
  policies,
  rules,
  reports,
  letters,
  sending,
  staff,
] as const;

export const router = createRouter({
  routeTree: rootRoute.addChildren([...routes]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
