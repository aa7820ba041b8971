import { useEffect } from 'react';
import type { ClockNews, News } from '../../../api/schemas/events.ts';
import type { Clock } from '../../../api/schemas/sandbox.ts';
import { queryClient } from './query-client.ts';

/** What the time machine's page shows of the past. */
const MOST_KEPT = 200;

const isId = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Keeps what is on screen true: each piece of news marks the queries it touches as stale, and those shown are read again. */
export function useLiveNews(): void {
  useEffect(() => {
    const source = new EventSource('/api/events');
    let timer: ReturnType<typeof setTimeout> | null = null;
    const touched = new Set<string>();
    const flush = (): void => {
      timer = null;
      const loans = new Set(touched);
      touched.clear();
      void queryClient.invalidateQueries({
        predicate: ({ queryKey: [noun, id] }) => {
          if (noun === 'session') return false;
          // A page opened by loan number cannot be told from the id in the news: it is read again.
          return noun !== 'loan' || typeof id !== 'string' || !isId.test(id) || loans.has(id) || loans.has('*');
        },
      });
    };
    // Bursts (an import, the time machine) are gathered, so that a thousand rows cost one reading.
    const soon = (about: string): void => {
      touched.add(about);
      timer ??= setTimeout(flush, 150);
    };
    source.addEventListener('news', (event) => {
      const news = JSON.parse(event.data) as News;
      queryClient.setQueryData<News[]>(['session', 'news'], (known = []) => [news, ...known].slice(0, MOST_KEPT));
      soon(news.loanId ?? '*');
    });
    source.addEventListener('clock', (event) => {
      const { businessNow } = JSON.parse(event.data) as ClockNews;
      queryClient.setQueryData<Clock>(['clock'], (known) => (known === undefined ? known : { ...known, businessNow }));
    });
    source.addEventListener('reload', () => soon('*'));
    return () => {
      source.close();
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
}
