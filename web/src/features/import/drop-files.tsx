import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Panel } from '../../ui/panel.tsx';

/**
 * Where files come from. The API takes none from a browser: they hold every customer of the bank, and come from the core
 * by the drop folder or from a terminal on the machine itself.
 */
export function DropFiles(): ReactNode {
  return (
    <Panel title="How files come in">
      <Text size="sm">
        The core writes its set of files into the drop folder each night; it is taken in as soon as its manifest is
        complete. By hand, on the machine: <code>makegood import FOLDER</code>. What stops contact in a file (a
        bankruptcy, a death, an opt-out) is applied at once, even while the rest waits.
      </Text>
    </Panel>
  );
}
