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

const portfolio = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../features/portfolio/portfolio-page.tsx'), 'PortfolioPage'),
});
const accounts = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('../features/accounts/accounts-page.tsx'), 'AccountsPage'),
});
const loan = createRoute({
  getParentRoute: () => rootRoute,
  path: '/loans/$loan',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('../features/case/case-page.tsx'), 'CasePage'),
});
const phones = createRoute({
  getParentRoute: () => rootRoute,
  path: '/phones',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('../features/phone/phones-page.tsx'), 'PhonesPage'),
});

const work = createRoute({
  getParentRoute: () => rootRoute,
  path: '/work',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('../features/work/work-page.tsx'), 'WorkPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([portfolio, work, accounts, loan, phones]),
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
