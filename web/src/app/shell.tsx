import {
  ActionIcon,
  AppShell,
  Burger,
  Button,
  Center,
  Group,
  Loader,
  Menu,
  Stack,
  Text,
  Title,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiProblem } from '../lib/api.ts';
import { PaletteHost } from './palette-host.tsx';
import { useLiveNews } from '../lib/live.ts';
import { useSession } from '../lib/session.ts';
import { RouteAnchor } from '../ui/links.tsx';
import { BusinessClock } from './business-clock.tsx';
import { pages } from './pages.ts';
import { StaleData } from './stale-data.tsx';

/** Everything around a page: where one is, what time the business has, who is signed in. */
export function Shell(): ReactNode {
  const session = useSession();
  if (session.isPending)
    return (
      <Center h="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  if (session.isError)
    return session.error instanceof ApiProblem && session.error.status === 401 ? <SignIn /> : <Unreachable />;
  return <SignedIn />;
}

function SignIn(): ReactNode {
  const returnTo = encodeURIComponent(window.location.pathname + window.location.search);
  return (
    <Center component="main" h="100vh" p="md">
      <Stack align="center" gap="sm">
        <img src="/assets/mark.svg" alt="" width={48} height={48} />
        <Title order={1}>Makegood</Title>
        <Text c="dimmed">Sign in to work with accounts.</Text>
        <Button component="a" href={`/auth/login?returnTo=${returnTo}`} size="md">
          Sign in
        </Button>
      </Stack>
    </Center>
  );
}

function Unreachable(): ReactNode {
  return (
    <Center component="main" h="100vh" p="md">
      <Stack align="center" gap="sm">
        <Title order={1}>Makegood does not answer</Title>
        <Text c="dimmed">The server may be starting. This page tries again by itself when you reload it.</Text>
        <Button onClick={() => window.location.reload()}>Reload</Button>
      </Stack>
    </Center>
  );
}

function SignedIn(): ReactNode {
  useLiveNews();
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <AppShell
        header={{ height: 48 }}
        navbar={{ width: 184, breakpoint: 'sm', collapsed: { mobile: !opened } }}
        padding="md"
      >
        <AppShell.Header>
          <Group h="100%" px="sm" justify="space-between" wrap="nowrap">
            <Group gap="xs" wrap="nowrap">
              <Burger
                opened={opened}
                onClick={toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={opened ? 'Close navigation' : 'Open navigation'}
              />
              <img src="/assets/mark.svg" alt="" width={24} height={24} />
              <Text fw={600} visibleFrom="xs">
                Makegood
              </Text>
            </Group>
            <Group gap="xs" wrap="nowrap">
              <BusinessClock />
              <SchemeSwitch />
              <Who />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs" aria-label="Pages">
          <Pages onChosen={close} />
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1}>
          <StaleData />
          <Outlet />
        </AppShell.Main>
      </AppShell>
      <PaletteHost />
    </>
  );
}

function Pages({ onChosen }: { onChosen: () => void }): ReactNode {
  const { data } = useSession();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <ul className="plain-list">
      {pages
        .filter((page) => data?.permissions.includes(page.permission) === true && (!page.sandboxOnly || data.sandbox))
        .map((page) => {
          const active = page.to === '/' ? path === '/' : path.startsWith(page.to);
          return (
            <li key={page.to}>
              <RouteAnchor
                to={page.to}
                className="nav"
                underline="never"
                c="inherit"
                aria-current={active ? 'page' : undefined}
                onClick={onChosen}
              >
                {page.label}
              </RouteAnchor>
            </li>
          );
        })}
    </ul>
  );
}

function SchemeSwitch(): ReactNode {
  const scheme = useComputedColorScheme('light');
  const { setColorScheme } = useMantineColorScheme();
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={`Switch to ${other} colours`}
      onClick={() => setColorScheme(other)}
    >
      <span aria-hidden>{scheme === 'dark' ? '☀' : '☾'}</span>
    </ActionIcon>
  );
}

function Who(): ReactNode {
  const { data } = useSession();
  if (data === undefined) return null;
  const { name, email, role, team } = data.staff;
  const initials = name
    .split(' ')
    .map((part) => part.charAt(0))
    .join('');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          aria-label={`${initials}, ${name}, ${role}`}
          className="who"
        >
          <Text span size="sm" visibleFrom="sm">
            {name}
          </Text>
          <Text span size="sm" hiddenFrom="sm">
            {initials}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name}, {role}
          {team === '' ? '' : `, ${team}`}
          <br />
          {email}
        </Menu.Label>
        <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

async function signOut(): Promise<void> {
  await fetch('/auth/logout', { method: 'POST', headers: { 'x-makegood': '1' } });
  window.location.assign('/');
}
