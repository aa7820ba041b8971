import { Notification, createTheme } from '@mantine/core';

/** Calm and dense: one accent, small radii, the system's own type. Contrast is checked by axe in both schemes. */
export const theme = createTheme({
  colors: {
    pine: [
      '#eef7f7',
      '#dcebec',
      '#b8d8da',
      '#90c4c7',
      '#6fb3b7',
      '#57a5aa',
      '#459aa0',
      '#34858b',
      '#25737a',
      '#155e63',
    ],
  },
  primaryColor: 'pine',
  primaryShade: { light: 9, dark: 8 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  defaultRadius: 'sm',
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1.0625rem' }, h3: { fontSize: '0.9375rem' } },
  },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem' },
  components: {
    // Its button to close has only a cross.
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close this notice' } } }),
  },
});
