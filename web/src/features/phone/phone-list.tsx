import { Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { PhoneThreads } from '../../../../api/schemas/sandbox.ts';
import { api, query } from '../../lib/api.ts';
import { useSession } from '../../lib/session.ts';
import { when } from '../../lib/format.ts';
import { Answer } from '../../ui/answer.tsx';
import { RouteAnchor } from '../../ui/links.tsx';
import { Tag } from '../../ui/tag.tsx';

interface Given {
  chosen: string | undefined;
  search: string;
  onSearch: (text: string) => void;
}

export function PhoneList({ chosen, search, onSearch }: Given): ReactNode {
  const list = useQuery({
    queryKey: ['phones', search],
    queryFn: ({ signal }) => api.get<PhoneThreads>(`/api/sandbox/phones${query({ search, limit: 50 })}`, signal),
    refetchInterval: 10_000,
  });
  return (
    <>
      <SearchBox label="Find a phone" placeholder="Name, number or loan" search={search} onSearch={onSearch} />
      <Answer query={list}>
        {({ rows }) => (
          <>
            {rows.length === 0 ? <Text c="dimmed">No phone has had a message yet.</Text> : null}
            <ul className="threads" aria-label="Phones">
              {rows.map((row) => (
                <li key={row.number}>
                  <RouteAnchor
                    to="/phones"
                    search={(now: Record<string, string | undefined>) => ({ ...now, phone: row.number })}
                    className="thread"
                    underline="never"
                    c="inherit"
                    aria-current={row.number === chosen ? 'true' : undefined}
                  >
                    <Thread
                      name={row.owners.map((owner) => owner.name).join(', ') || 'Nobody’s'}
                      where={row.number}
                      last={row.lastText}
                      at={row.lastAt}
                      optedOut={row.optedOut}
                    />
                  </RouteAnchor>
                </li>
              ))}
            </ul>
          </>
        )}
      </Answer>
    </>
  );
}

export function SearchBox({
  label,
  placeholder,
  search,
  onSearch,
}: {
  label: string;
  placeholder: string;
  search: string;
  onSearch: (text: string) => void;
}): ReactNode {
  const [text, setText] = useState(search);
  const later = useDebouncedCallback(onSearch, 250);
  return (
    <TextInput
      type="search"
      label={label}
      placeholder={placeholder}
      value={text}
      mb="xs"
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value.trim());
      }}
    />
  );
}

export function Thread({
  name,
  where,
  last,
  at,
  optedOut,
}: {
  name: string;
  where: string;
  last: string | null;
  at: string | null;
  optedOut: boolean;
}): ReactNode {
  const { data: session } = useSession();
  return (
    <>
      <span className="thread-head">
        <b className="clip">{name}</b> {optedOut ? <Tag tone="bad">opted out</Tag> : null}
      </span>
      <span className="thread-where">
        <span className="wraps">{where}</span>
        <span>{at === null ? '' : when(at, session?.lender.zone ?? 'UTC')}</span>
      </span>
      <span className="clip thread-last">{last ?? 'No message yet'}</span>
    </>
  );
}
