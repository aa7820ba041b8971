import { List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CasePage } from '../../../../api/schemas/cases.ts';
import type { Reason } from '../../../../api/schemas/common.ts';
import { when, withoutLabel, words } from '../../lib/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Reasons } from '../../ui/reasons.tsx';
import { Tag } from '../../ui/tag.tsx';

export function NextPanel({ page, zone }: { page: CasePage; zone: string }): ReactNode {
  const { next } = page;
  const open = page.case?.status === 'open';
  const whyNotSooner = next === null || next.whyNotSooner.length > 0 ? (next?.whyNotSooner ?? []) : inTheWay(page);
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
            <Text fw={600}>{withoutLabel(next.because)}</Text>
            <Text size="xs" c="dimmed">
              {next.at === null
                ? 'Looked at again when something changes.'
                : `Looked at again ${when(next.at, zone)}, or as soon as something changes.`}
            </Text>
            {whyNotSooner.length === 0 ? null : (
              <div>
                <Text size="sm" fw={600}>
                  Why not sooner
                </Text>
                <Reasons reasons={whyNotSooner} zone={zone} />
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
          {step.title}{' '}
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

/** Where nothing was tried yet: the rules that stand in the way on every channel at this moment. */
function inTheWay({ channels }: CasePage): Reason[] {
  if (channels.length === 0 || channels.some((channel) => channel.decision === 'allow')) return [];
  const [first, ...others] = channels;
  return (first?.reasons ?? []).filter((reason) =>
    others.every((other) => other.reasons.some((same) => same.rule === reason.rule)),
  );
}
