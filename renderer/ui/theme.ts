import { createTheme, Input, type CSSVariablesResolver } from '@mantine/core'

/** The colours by what they mean; a test holds every pair that is used to WCAG AA. */
export const palette = {
  light: {
    bg: '#f4f5f7',
    card: '#ffffff',
    line: '#e3e6ea',
    edge: '#c9ced6',
    ink: '#1b2430',
    soft: '#55616f',
    faint: '#626e7c',
    brand: '#155e9c',
    brandSoft: '#e8f1f9',
    ok: '#17734a',
    okSoft: '#e6f4ec',
    warn: '#955400',
    warnSoft: '#fdf1df',
    bad: '#b42318',
    badSoft: '#fdeceb',
    key: '#eef0f3',
    onFill: '#ffffff',
    shade: 'rgb(20 30 45 / 18%)',
  },
  dark: {
    bg: '#12161b',
    card: '#1a2027',
    line: '#2b333d',
    edge: '#3a4450',
    ink: '#e6ebf1',
    soft: '#a3afbd',
    faint: '#8c98a6',
    brand: '#6db3ee',
    brandSoft: '#1b2f42',
    ok: '#5cc795',
    okSoft: '#16301f',
    warn: '#e5ab5b',
    warnSoft: '#352711',
    bad: '#f08a80',
    badSoft: '#3a1d1a',
    key: '#262d36',
    onFill: '#10161c',
    shade: 'rgb(0 0 0 / 55%)',
  },
} as const

const fonts =
  '"Noto Sans CJK SC", "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Source Han Sans SC", sans-serif'

/** Mantine as the desk uses it: the system's Chinese font, 14 px, small radii, no ripples. */
export const theme = createTheme({
  fontFamily: fonts,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Consolas, monospace',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '19px' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.55' },
  headings: { fontFamily: fonts },
  defaultRadius: '6px',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { variant: 'default', size: 'sm' } },
    Input: Input.extend({
      vars: () => ({
        wrapper: {
          '--input-height': '32px',
          '--input-padding': '10px',
          '--input-bg': 'var(--sx-card)',
          '--input-bd': 'var(--sx-edge)',
          '--input-bd-focus': 'var(--sx-brand)',
        },
      }),
    }),
    Select: { defaultProps: { checkIconPosition: 'right', maxDropdownHeight: 320 } },
    Popover: { defaultProps: { shadow: 'none', transitionProps: { duration: 0 } } },
  },
})

type Colours = Record<keyof (typeof palette)['light'], string>

function variables(colours: Colours): Record<string, string> {
  const own = Object.entries(colours).map(([name, value]) => [
    `--sx-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`,
    value,
  ])
  return {
    ...Object.fromEntries(own),
    '--mantine-color-body': colours.card,
    '--mantine-color-text': colours.ink,
    '--mantine-color-dimmed': colours.soft,
    '--mantine-color-placeholder': colours.faint,
    '--mantine-color-default': colours.card,
    '--mantine-color-default-hover': colours.key,
    '--mantine-color-default-color': colours.ink,
    '--mantine-color-default-border': colours.line,
    '--mantine-color-disabled': colours.card,
    '--mantine-color-disabled-color': colours.faint,
    '--mantine-color-disabled-border': colours.line,
    '--mantine-color-error': colours.bad,
    '--mantine-primary-color-filled': colours.brand,
    '--mantine-primary-color-filled-hover': colours.brand,
    '--mantine-primary-color-light': colours.brandSoft,
    '--mantine-primary-color-contrast': colours.onFill,
  }
}

/** Gives Mantine's and our own variables the palette, light and dark. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables(palette.light),
  dark: variables(palette.dark),
})
