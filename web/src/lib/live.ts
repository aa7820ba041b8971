import { useEffect } from 'react';
import type { ClockNews, News } from '../../../api/schemas/events.ts';
import { queryClient } from './query-client.ts';

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
          return noun !== 'loan' || typeof id !== 'string' || loans.has(id) || loans.has('*');
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
      soon(news.loanId ?? '*');
    });
    source.addEventListener('clock', (event) => {
      const { businessNow } = JSON.parse(event.data) as ClockNews;
      queryClient.setQueryData(['now'], businessNow);
    });
    source.addEventListener('reload', () => soon('*'));
    return () => {
      source.close();
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
}
