import type { PopoverProps } from '@mantine/core'

/**
 * How a panel opens under its sign in the header: not modal, closed by its own keys, held at the window's edge; beside the
 * sign in the document, so that Tab goes on from there and it is there as soon as it is open.
 */
export const underSign = {
  position: 'bottom-start',
  offset: 8,
  middlewares: { shift: { padding: 10 }, flip: false },
  withinPortal: false,
  trapFocus: false,
  closeOnEscape: false,
} as const satisfies PopoverProps

/** Over the right column: the form stays free while it is open. */
export const overRightColumn = {
  ...underSign,
  offset: { mainAxis: 8, crossAxis: 1000 },
} as const satisfies PopoverProps
