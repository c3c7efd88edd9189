import { create } from 'zustand'
import type { Moment } from '../../../shared/script/script.ts'

/** The moment that is looked at: written in one part of the page, played in the other. */
export const useScriptPlace = create<{ readonly moment: Moment }>()(() => ({ moment: 'opening' }))
export const lookAtMoment = (moment: Moment): void => useScriptPlace.setState({ moment })
