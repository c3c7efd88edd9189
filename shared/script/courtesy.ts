import data from './courtesy.json' with { type: 'json' }

/** A sentence in the languages of the desk. */
export type Bilingual = { readonly zh: string; readonly en: string }

/** Where a conversation stands, as the prompt sees it. */
export type StepId = 'idle' | 'ringing' | 'opening' | 'listening' | 'searching' | 'answering' | 'closing' | 'wrap-up'

export type CourtesyStep = {
  readonly id: StepId
  readonly name: Bilingual
  readonly say: Bilingual
  readonly next: Bilingual
  readonly hints: readonly Bilingual[]
}

export type CourtesyMoment = { readonly id: string; readonly say: Bilingual; readonly hints?: readonly Bilingual[] }

export type Courtesy = {
  readonly version: number
  readonly steps: readonly CourtesyStep[]
  readonly moments: readonly CourtesyMoment[]
  readonly never: readonly string[]
}

/** The courtesy script that is read in before duty; a test holds the data to this shape. */
export const courtesy = data as Courtesy
