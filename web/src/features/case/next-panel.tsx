import { Group, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CasePage } from '../../../../api/schemas/cases.ts';
import { when, withoutLabel, words } from '../../lib/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Reasons } from '../../ui/reasons.tsx';
import { Tag } from '../../ui/tag.tsx';

export function NextPanel({ page, zone }: { page: CasePage; zone: string }): ReactNode {
  const { next } = page;
  const open = page.case?.status === 'open';
  const done = page.stepsDone.filter((step) => step.outcome !== 'skipped');
  const skipped = page.stepsDone.filter((step) => step.outcome === 'skipped');
  return (
    <Panel
      title="What happens next"
      side={
        page.case === null ? null : (
          <Text size="xs" c="dimmed">
            {words(page.case.policy)}, version {page.case.policyVersion}
          </Text>
        )
      }
    >
      <Stack gap="xs">
        {next === null ? (
          <Text size="sm">
            {open ? 'Nothing is planned: the case waits for news.' : 'No case is open, so nothing is sent.'}
          </Text>
        ) : (
          <>
            <Group gap="xs" align="baseline">
              <Text fw={600}>{next.title}</Text>
              <Text>{next.at === null ? 'when something changes' : when(next.at, zone)}</Text>
            </Group>
            <Text size="sm">{withoutLabel(next.because)}</Text>
            {next.whyNotSooner.length === 0 ? null : (
              <div>
                <Text size="sm" fw={600}>
                  Why not sooner
                </Text>
                <Reasons reasons={next.whyNotSooner} zone={zone} />
              </div>
            )}
          </>
        )}
        <Steps title="Steps done" steps={done} zone={zone} />
        {skipped.length === 0 ? null : (
          <details>
            <summary>
              <Text size="sm" span>
                {skipped.length} {skipped.length === 1 ? 'step' : 'steps'} skipped
              </Text>
            </summary>
            <Steps title="Steps skipped" steps={skipped} zone={zone} />
          </details>
        )}
      </Stack>
    </Panel>
  );
}

function Steps({ title, steps, zone }: { title: string; steps: CasePage['stepsDone']; zone: string }): ReactNode {
  if (steps.length === 0) return null;
  return (
    <List size="sm" spacing={2} aria-label={title}>
      {steps.map((step) => (
        <List.Item key={`${step.step}/${step.personId ?? ''}/${step.at}`}>
          {words(step.step)}{' '}
          <Tag tone={step.outcome === 'sent' || step.outcome === 'done' ? 'good' : 'quiet'}>
            {words(step.outcome).toLowerCase()}
          </Tag>{' '}
          <Text span size="xs" c="dimmed">
            {when(step.at, zone)}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
