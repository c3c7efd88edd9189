/** What is said to citizens, made of the tables that hold. Pure: which hold is given. */
import type { EmergencyWord } from '../script/emergency-words.ts'
import { createFinder, type Finder } from '../script/find-words.ts'
import type { ForbiddenWord } from '../script/forbidden.ts'
import type { Script } from '../script/script.ts'
import type { HoldingTables } from './case-rules.ts'

export type ScriptRules = {
  readonly script: Script
  readonly forbidden: Finder<ForbiddenWord>
  readonly emergency: Finder<EmergencyWord>
}

/** The rules by these tables. */
export function scriptRulesOf({ bodies, versions }: HoldingTables): ScriptRules {
  return {
    script: { ...bodies.script, version: versions.script },
    forbidden: createFinder(bodies.forbiddenWords.words),
    emergency: createFinder(bodies.emergencyWords.words),
  }
}
