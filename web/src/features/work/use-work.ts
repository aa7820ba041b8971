import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { LeaseAnswer, Rank, WorkItem, WorkKind, WorkPage, WorkRow } from '../../../../api/schemas/work.ts';
import { ApiProblem, api, query } from '../../lib/api.ts';
import { queryClient } from '../../lib/query-client.ts';
import { useMay } from '../../lib/session.ts';

const RENEW_MS = 120_000;
const PREFETCH = 3;

export const readItem = (id: string) => ({
  queryKey: ['work-item', id],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<WorkItem>(`/api/work/${id}`, signal),
});

export interface Work {
  rows: WorkRow[];
  list: ReturnType<typeof useInfiniteQuery<WorkPage, Error, { pages: WorkPage[] }, readonly unknown[], string | null>>;
  chosen: string | undefined;
  /** Why the item that was got is the best one now; null for items chosen by hand. */
  rank: Rank | null;
  getting: boolean;
  choose(id: string | undefined): void;
  move(by: 1 | -1): void;
  take(): void;
  getNext(): void;
  skip(): void;
  /** The item is finished: on to the next. */
  finished(): void;
}

/** The queue as one works through it: what is listed, what is chosen, what is leased. */
export function useWork(): Work {
  const search = useSearch({ from: '/work' });
  const { kind, owner, due, team, item: chosen } = search;
  const navigate = useNavigate();
  const may = useMay();
  const ranks = useRef(new Map<string, Rank>());
  const aside = useRef<string[]>([]);
  /** Whether one works by "get next" or down the list. */
  const getting = useRef(false);
  const list = useInfiniteQuery({
    queryKey: ['work', kind, owner, due, team],
    queryFn: ({ pageParam, signal }) =>
      api.get<WorkPage>(`/api/work${query({ kind, owner, due, team, cursor: pageParam, limit: 25 })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: kind !== 'broken-promises',
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const choose = (id: string | undefined): void =>
    void navigate({ to: '/work', search: (now) => ({ ...now, item: id }), replace: true, resetScroll: false });

  useEffect(() => {
    const at = rows.findIndex((row) => row.id === chosen);
    for (const row of rows.slice(at + 1, at + 1 + PREFETCH)) {
      void queryClient.prefetchQuery(readItem(row.id));
    }
    // The list's length stands for its content here: prefetching again what is fresh costs nothing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [chosen, rows.length]);

  const lease = useMutation({ mutationFn: (id: string) => api.post<LeaseAnswer>(`/api/work/${id}/lease`) });
  const next = useMutation({
    mutationFn: () =>
      api.post<WorkItem>('/api/work/next', {
        ...(kind === undefined ? {} : { kinds: [kind as WorkKind] }),
        ...(team === undefined ? {} : { team }),
        skip: aside.current.slice(-50),
      }),
    onSuccess: (item) => {
      if (item.rank !== null) ranks.current.set(item.id, item.rank);
      queryClient.setQueryData(readItem(item.id).queryKey, item);
      choose(item.id);
    },
    onError: (error) => {
      getting.current = false;
      const nothing = error instanceof ApiProblem && error.code === 'nothing-due';
      notifications.show({
        message: nothing ? 'Nothing more is due now.' : error.message,
        color: nothing ? 'teal' : 'red',
        role: 'status',
      });
      choose(undefined);
    },
  });

  // A lease lives five minutes; while its item is open on screen it is renewed, and given back when left.
  const held = chosen !== undefined && may('work.act') ? chosen : null;
  useEffect(() => {
    if (held === null) return undefined;
    const timer = setInterval(() => {
      if (leased.has(held)) lease.mutate(held);
    }, RENEW_MS);
    return () => {
      clearInterval(timer);
      if (leased.delete(held)) void api.post(`/api/work/${held}/release`).catch(() => undefined);
    };
    // oxlint-disable-next-line react/exhaustive-deps
  }, [held]);

  return {
    rows,
    list,
    chosen,
    rank: chosen === undefined ? null : (ranks.current.get(chosen) ?? null),
    getting: next.isPending,
    choose,
    move(by) {
      const at = rows.findIndex((row) => row.id === chosen);
      const row = rows[at === -1 ? (by === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))];
      if (row !== undefined) choose(row.id);
    },
    take() {
      const id = chosen ?? rows[0]?.id;
      if (id === undefined || !may('work.act')) return;
      if (id !== chosen) choose(id);
      leased.add(id);
      lease.mutate(id, {
        onError: (error) => notifications.show({ message: error.message, color: 'red', role: 'status' }),
        onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['work-item', id] }),
      });
    },
    getNext() {
      getting.current = true;
      next.mutate(undefined, { onSuccess: (item) => leased.add(item.id) });
    },
    skip() {
      if (chosen !== undefined) aside.current.push(chosen);
      getting.current = true;
      next.mutate(undefined, { onSuccess: (item) => leased.add(item.id) });
    },
    finished() {
      if (chosen !== undefined) leased.delete(chosen);
      if (getting.current) {
        next.mutate(undefined, { onSuccess: (item) => leased.add(item.id) });
        return;
      }
      const at = rows.findIndex((row) => row.id === chosen);
      choose((rows[at + 1] ?? rows[at - 1])?.id);
    },
  };
}

/** Items that this page has leased; what is left is given back. */
const leased = new Set<string>();
