import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal is an answer: asking again would only repeat it.
      retry: (count, error) => (!(error instanceof ApiProblem) || error.status === 0) && count < 2,
    },
  },
});
