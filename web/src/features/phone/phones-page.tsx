import { Grid, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Chips } from '../../ui/chips.tsx';
import { MailboxList, MailboxView } from './mailbox.tsx';
import { PhoneList } from './phone-list.tsx';
import { PhoneView } from './phone-view.tsx';
import './phone.css';

/** The sandbox's borrowers: their phones and mailboxes as they see them, and what an answer does to the case. */
export function PhonesPage(): ReactNode {
  const { phone, mailbox, search = '' } = useSearch({ from: '/phones' });
  const navigate = useNavigate();
  const mails = mailbox !== undefined;
  const onSearch = (text: string): void =>
    void navigate({
      to: '/phones',
      search: (now) => ({ ...now, search: text === '' ? undefined : text }),
      replace: true,
    });
  return (
    <Stack gap="sm">
      <div>
        <Title order={1}>Borrowers’ phones</Title>
        <Text c="dimmed" size="sm">
          A sandbox: nothing here reaches a real person. Answer as the borrower would and watch the case.
        </Text>
      </div>
      <Chips
        label="What to look at"
        value={mails ? 'mail' : 'phone'}
        options={[
          { value: 'phone', label: 'Phones' },
          { value: 'mail', label: 'Mailboxes' },
        ]}
        onChange={(value) => void navigate({ to: '/phones', search: value === 'mail' ? { mailbox: '' } : {} })}
      />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, sm: 5, lg: 3 }}>
          {mails ? (
            <MailboxList chosen={mailbox} search={search} onSearch={onSearch} />
          ) : (
            <PhoneList chosen={phone} search={search} onSearch={onSearch} />
          )}
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 7, lg: 9 }}>
          {mails ? (
            <MailboxView key={mailbox} address={mailbox} />
          ) : phone === undefined ? (
            <Text c="dimmed">Choose a phone.</Text>
          ) : (
            <PhoneView key={phone} number={phone} />
          )}
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
