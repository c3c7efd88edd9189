import { create } from 'zustand'

/** Which of the small non-modal panels stand open. */
export const usePanels = create<{ readonly keys: boolean; readonly noMatter: boolean }>()(() => ({
  keys: false,
  noMatter: false,
}))

export const toggleKeys = () => usePanels.setState(({ keys }) => ({ keys: !keys }))
export const closeKeys = () => usePanels.setState({ keys: false })
export const openNoMatter = () => usePanels.setState({ noMatter: true })
export const closeNoMatter = () => usePanels.setState({ noMatter: false })
