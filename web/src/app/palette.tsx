import '@mantine/spotlight/styles.css';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { LoanPage } from '../../../api/schemas/loans.ts';
import { api, query } from '../lib/api.ts';
import { dollars } from '../lib/format.ts';
import { useMay, useSession } from '../lib/session.ts';
import { pages } from './pages.ts';

/** Every page and every account, by a few letters. */
function Palette({ asked }: { asked: number }): ReactNode {
  const navigate = useNavigate();
  const may = useMay();
  const { data: session } = useSession();
  const [text, setText] = useState('');
  useEffect(() => spotlight.open(), [asked]);
  const wanted = text.trim();
  const loans = useQuery({
    queryKey: ['accounts', 'palette', wanted],
    queryFn: ({ signal }) => api.get<LoanPage>(`/api/loans${query({ search: wanted, limit: 8 })}`, signal),
    enabled: wanted.length >= 2 && may('loan.read'),
  });
  const shown = pages.filter(
    (page) =>
      may(page.permission) &&
      (!page.sandboxOnly || session?.sandbox === true) &&
      page.label.toLowerCase().includes(wanted.toLowerCase()),
  );
  const rows = wanted.length >= 2 ? (loans.data?.rows ?? []) : [];
  return (
    // Locking the page's scroll would write a style element without our nonce.
    <Spotlight.Root query={text} onQueryChange={setText} shortcut={null} clearQueryOnClose lockScroll={false}>
      <Spotlight.Search placeholder="Page, name or loan number" aria-label="Go to" />
      <Spotlight.ActionsList>
        {shown.map((page) => (
          <Spotlight.Action key={page.to} label={page.label} onClick={() => void navigate({ to: page.to })} />
        ))}
        {rows.map((row) => (
          <Spotlight.Action
            key={row.id}
            label={`${row.loanNumber} ${row.borrower?.name ?? ''}`}
            description={`${row.daysPastDue} days, ${dollars(row.pastDueCents)} past due`}
            onClick={() => void navigate({ to: '/loans/$loan', params: { loan: row.id } })}
          />
        ))}
        {shown.length + rows.length === 0 ? <Spotlight.Empty>Nothing found</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

// React.lazy takes a default export only.
// oxlint-disable-next-line import/no-default-export
export default Palette;
