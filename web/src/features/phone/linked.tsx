import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';

/** A message's text with its addresses as links: only http(s), always in a tab of their own. */
export function linked(text: string): ReactNode {
  return text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).map((part, index) =>
    index % 2 === 1 ? (
      // The order of a text's parts never changes.
      // oxlint-disable-next-line react/no-array-index-key
      <Anchor key={index} href={part} target="_blank" rel="noreferrer" inherit underline="always" c="inherit">
        {part}
      </Anchor>
    ) : (
      part
    ),
  );
}
