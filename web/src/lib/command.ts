import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import type { UseMutationResult } from '@tanstack/react-query';
import { queryClient } from './query-client.ts';

/** One thing a person does: it is said when done, what is on screen is read again, a refusal stays beside the form. */
export function useCommand<Body, Result>(given: {
  run: (body: Body) => Promise<Result>;
  said: (result: Result) => string | null;
  onDone?: ((result: Result) => void) | undefined;
}): UseMutationResult<Result, Error, Body> {
  return useMutation<Result, Error, Body>({
    mutationFn: given.run,
    onSuccess: (result) => {
      const message = given.said(result);
      if (message !== null) notifications.show({ message, color: 'teal', autoClose: 4000, role: 'status' });
      given.onDone?.(result);
      void queryClient.invalidateQueries({ predicate: ({ queryKey: [noun] }) => noun !== 'session' });
    },
  });
}
