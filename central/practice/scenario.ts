import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const seconds = z.number().positive().max(3600)
const lineName = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'a line is named in kebab-case')

const stepSchema = z.discriminatedUnion('do', [
  /** Speaks a line. */
  z.strictObject({ do: z.literal('say'), line: lineName }),
  /** Listens until the operator has spoken for a while and paused; prompts when the operator is silent for too long. */
  z.strictObject({
    do: z.literal('listen'),
    voiceSeconds: seconds,
    quietSeconds: seconds,
    atMostSeconds: seconds,
    prompt: z.strictObject({ line: lineName, afterSeconds: seconds }).optional(),
  }),
  /** Stays on the line until the operator hangs up, or hangs up after that time. */
  z.strictObject({ do: z.literal('stay'), atMostSeconds: seconds }),
])

/** A citizen's call as data. */
export const scenarioSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'a scenario is named in kebab-case'),
    title: z.string().min(1).max(100),
    number: z.string().regex(/^(?:[+0-9]{3,15}|c\d{1,15})$/, 'a telephone number, or c and digits'),
    displayName: z.string().max(60).optional(),
    /** Hangs up when nobody has answered by then, queued or ringing. */
    patienceSeconds: seconds,
    /** How the call is meant to go. */
    expect: z.enum(['answered', 'abandoned']),
    /** Several calls, one after the other. */
    calls: z.number().int().min(1).max(100).default(1),
    pauseSeconds: z.number().min(0).max(3600).default(2),
    lines: z.record(lineName, z.string().min(1).max(200)).default({}),
    steps: z.array(stepSchema).max(50).default([]),
  })
  .superRefine((scenario, context) => {
    for (const [index, step] of scenario.steps.entries()) {
      const line = step.do === 'say' ? step.line : step.do === 'listen' ? step.prompt?.line : undefined
      if (line !== undefined && scenario.lines[line] === undefined) {
        context.addIssue({ code: 'custom', path: ['steps', index], message: `there is no line "${line}"` })
      }
    }
  })

/** A citizen's call as data. */
export type Scenario = z.infer<typeof scenarioSchema>
/** One step of a call. */
export type ScenarioStep = Scenario['steps'][number]

const scenariosFolder = join(import.meta.dirname, 'scenarios')

/** All scenarios of this folder. */
export function scenarioNames(): string[] {
  return readdirSync(scenariosFolder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -5))
}

/** Reads a scenario of this folder by its name; throws with what is wrong and which there are. */
export function loadScenario(name: string): Scenario {
  const known = scenarioNames()
  if (!known.includes(name)) throw new Error(`there is no scenario "${name}"; there are: ${known.join(', ')}`)
  return parseScenario(readFileSync(join(scenariosFolder, `${name}.json`), 'utf8'), name)
}

/** Checks the text of a scenario; throws with every fault named. */
export function parseScenario(text: string, source: string): Scenario {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw new Error(`scenario "${source}" is not JSON`)
  }
  const result = scenarioSchema.safeParse(data)
  if (!result.success) throw new Error(`scenario "${source}" is faulty:\n${z.prettifyError(result.error)}`)
  return result.data
}

/** Where the clip of a line lies. */
export function clipPath(scenario: Pick<Scenario, 'name'>, line: string): string {
  return join(import.meta.dirname, 'speech', `${scenario.name}.${line}.wav`)
}
