import { useQuery } from '@tanstack/react-query';
import type { ReachLacking } from '../../../api/schemas/reach.ts';
import { api } from './api.ts';

/** What the gate refuses people for want of; asked of the whole book, so not at every turn. */
export function useLacking() {
  return useQuery({
    queryKey: ['reach-lacking'],
    queryFn: ({ signal }) => api.get<ReachLacking>('/api/reach/lacking', signal),
    staleTime: 60_000,
  });
}
