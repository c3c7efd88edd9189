import { create } from 'zustand'

type PanelStore = {
  readonly keys: boolean
  readonly noMatter: boolean
  readonly sound: boolean
  /** The calls of the shift. */
  readonly calls: boolean
  /** The calls without an outcome, for who may read the ledger. */
  readonly ledger: boolean
  /** The reasons of being away, to choose from. */
  readonly away: boolean
  /** The sync details: `entered` while the keys act in them, `open` while they only stand beside the work. */
  readonly sync: 'closed' | 'open' | 'entered'
}

/** Which of the small non-modal panels stand open. */
export const usePanels = create<PanelStore>()(() => ({
  keys: false,
  noMatter: false,
  sound: false,
  calls: false,
  ledger: false,
  away: false,
  sync: 'closed',
}))

export const toggleKeys = () => usePanels.setState(({ keys }) => ({ keys: !keys }))
export const closeKeys = () => usePanels.setState({ keys: false })
export const openNoMatter = () => usePanels.setState({ noMatter: true })
export const closeNoMatter = () => usePanels.setState({ noMatter: false })
export const toggleSound = () => usePanels.setState(({ sound }) => ({ sound: !sound }))
export const closeSound = () => usePanels.setState({ sound: false })
export const toggleCalls = () => usePanels.setState(({ calls }) => ({ calls: !calls }))
export const openCalls = () => usePanels.setState({ calls: true })
export const closeCalls = () => usePanels.setState({ calls: false })
export const toggleLedger = () => usePanels.setState(({ ledger }) => ({ ledger: !ledger }))
export const closeLedger = () => usePanels.setState({ ledger: false })
export const openAway = () => usePanels.setState({ away: true })
export const closeAway = () => usePanels.setState({ away: false })
export const openSync = () => usePanels.setState({ sync: 'open' })
export const enterSync = () => usePanels.setState({ sync: 'entered' })
export const closeSync = () => usePanels.setState({ sync: 'closed' })
/** By key: into the details, and from there back to where the cursor was. */
export const toggleSync = () => usePanels.setState(({ sync }) => ({ sync: sync === 'entered' ? 'closed' : 'entered' }))
