import { Suspense, lazy, useEffect, useState } from 'react';
import type { ReactNode } from 'react';

const Palette = lazy(() => import('./palette.tsx'));

/** Ctrl-K opens the palette; it is loaded the first time that somebody asks for it. */
export function PaletteHost(): ReactNode {
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setAsked((times) => times + 1);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
  if (asked === 0) return null;
  return (
    <Suspense>
      <Palette asked={asked} />
    </Suspense>
  );
}
