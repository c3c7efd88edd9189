/** Where in the pages one is, as #/people/1001: it stands after the #, which no server is told of. */
import { useSyncExternalStore } from 'react'
import type { Permission } from '../../shared/people/roles.ts'

/** The views in the order of their tabs, and what each asks for. */
export const views = {
  people: 'staff.manage',
  units: 'units.manage',
  desks: 'devices.manage',
  script: 'script.edit',
  outbox: 'messages.manage',
  systems: 'systems.manage',
  tables: 'tables.edit',
  kb: 'articles.read',
  synonyms: 'synonyms.edit',
  audit: 'audit.read',
  roles: 'admin.work',
} as const satisfies Readonly<Record<string, Permission>>
export type View = keyof typeof views
export type Place = { readonly view: View | null; readonly item: string | null }

/** What stands in the place of an id while something is added; no id has a space. */
export const NEW = ' new'

const subscribe = (tell: () => void) => {
  window.addEventListener('hashchange', tell)
  return () => window.removeEventListener('hashchange', tell)
}

const isView = (text: string | undefined): text is View => text !== undefined && Object.hasOwn(views, text)

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** The view that is open, and what is chosen in it; null for nothing that there is. */
export function usePlace(): Place {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  const [, view, item] = /^#\/([a-z]+)(?:\/(.+))?$/.exec(hash) ?? []
  return { view: isView(view) ? view : null, item: item === undefined ? null : decoded(item) }
}

export const hrefTo = (view: View, item?: string): string =>
  item === undefined ? `#/${view}` : `#/${view}/${encodeURIComponent(item)}`

export function goTo(view: View, item?: string): void {
  window.location.hash = hrefTo(view, item)
}
