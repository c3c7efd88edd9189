/** So many of the newest articles outside the index are looked through with each search: up to here it finds all. */
export const SCANNED = 200

/** How far a knowledge base is whose index is being built: `done` of `all` articles. */
export type Indexing = { readonly done: number; readonly all: number }

/** Null while the search finds all that stands here, which it does with a few articles outside the index too. */
export function indexingOf({ articles, unindexed }: { articles: number; unindexed: number }): Indexing | null {
  return unindexed > SCANNED ? { done: articles - unindexed, all: articles } : null
}
