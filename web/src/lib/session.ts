import { useQuery } from '@tanstack/react-query';
import type { Clock } from '../../../api/schemas/sandbox.ts';
import type { Permission, Session } from '../../../api/schemas/session.ts';
import { api } from './api.ts';

export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => api.get<Session>('/api/session', signal),
    staleTime: 60_000,
  });
}

/** Whether to show a control at all; the server decides again. */
export function useMay(): (permission: Permission) => boolean {
  const { data } = useSession();
  return (permission) => data?.permissions.includes(permission) ?? false;
}

/** The business clock: read now and then, and told at once when the time machine moves it. */
export function useClock() {
  return useQuery({
    queryKey: ['clock'],
    queryFn: ({ signal }) => api.get<Clock>('/api/clock', signal),
    refetchInterval: 15_000,
  });
}

export function useBusinessNow(): string {
  const { data: session } = useSession();
  const { data: clock } = useClock();
  return clock?.businessNow ?? session?.businessNow ?? new Date().toISOString();
}

/** The lender's zone, by which the desk keeps its days. */
export function useZone(): string {
  const { data } = useSession();
  return data?.lender.zone ?? 'UTC';
}
