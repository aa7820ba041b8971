import { useQuery } from '@tanstack/react-query';
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
