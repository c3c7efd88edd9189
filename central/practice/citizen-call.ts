import { readFileSync } from 'node:fs'
import { Inviter, Registerer, RegistererState, SessionState, UserAgent, Web } from 'sip.js'
import { createEar, voiceDbfs } from './ear.ts'
import type { Ear, Heard } from './ear.ts'
import { createMouth } from './mouth.ts'
import { playSteps } from './play-steps.ts'
import { clipPath } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { readWav } from './wav.ts'
import { createStream, installBrowserGlobals } from './wrtc.ts'

/** Who ended a call; `exchange`: its connection was lost. */
export type Side = 'operator' | 'citizen' | 'exchange'

/** What the citizen tells of the call, one line of JSON each. */
export type CitizenEvent =
  | { event: 'registered' | 'queued' | 'ringing' }
  | { event: 'answered'; ms: number }
  | { event: 'speaking'; line: string }
  | { event: 'heard'; dominantHz: number; dbfs: number; at: number; final: boolean }
  | { event: 'ended'; by: Side; heardMs: number; sentPackets: number; receivedPackets: number }
  | {
      event: 'report'
      dominantHz: number
      dbfs: number
      heardMs: number
      packetsReceived: number
      packetsSent: number
      maxGapMs: number
    }

/** How a call went. */
export interface CallResult {
  outcome: 'answered' | 'abandoned' | 'refused'
  endedBy: Side
  /** The status of a refusal. */
  status: number | null
  answerMs: number | null
  heardMs: number
  sentPackets: number
  receivedPackets: number
  /** Whether it went as the scenario says. */
  asExpected: boolean
}

/** What may be asked of a citizen in the middle of a call. */
export interface CitizenControl {
  hangUp(): void
  /** Another tone from now on, in Hz; 0: she falls silent. */
  hum(hz: number): void
  report(): Promise<CitizenEvent & { event: 'report' }>
}

/** Who calls, from where, and what is said. */
export interface CallOptions {
  exchange: string
  scenario: Scenario
  number?: string
  password?: string
  callee?: string
  /** Speaks a pure tone of this frequency instead of the clips, until somebody hangs up. */
  tone?: number
  onEvent?: (event: CitizenEvent) => void
  onControl?: (control: CitizenControl) => void
}

const toneStaySeconds = 600

/** Places one call and resolves when it is over; rejects when it could not be placed at all. */
export async function placeCall(options: CallOptions): Promise<CallResult> {
  const { scenario } = options
  const emit = options.onEvent ?? (() => {})
  installBrowserGlobals()
  const mouth = createMouth()
  const userAgent = createUserAgent(options, createStream(mouth.track))
  const registerer = new Registerer(userAgent)
  const ended = Promise.withResolvers<void>()
  const gone = new AbortController()
  const windows = new Set<(heard: Heard) => void>()
  let ear: Ear | null = null
  let endedBy: Side = 'citizen'
  let status: number | null = null
  let answerMs: number | null = null
  let heardFirst = false

  try {
    await userAgent.start()
    await register(registerer)
    emit({ event: 'registered' })
    const inviter = new Inviter(userAgent, mustUri(`sip:${options.callee ?? '12345'}@${hostOf(options)}`))
    const invitedAt = performance.now()

    const hangUp = (): void => {
      if (inviter.state === SessionState.Established) void inviter.bye().catch(() => ended.resolve())
      else if (inviter.state !== SessionState.Terminated) void inviter.cancel().catch(() => ended.resolve())
    }
    // She waits from when the exchange first says how her call stands: before that there is none to hang up.
    let impatience: NodeJS.Timeout | undefined
    options.onControl?.({ hangUp, hum: mouth.hum, report: () => report(ear) })
    inviter.delegate = { onBye: (bye) => ((endedBy = 'operator'), void bye.accept()) }
    // Without the exchange no BYE will ever come.
    userAgent.delegate = { onDisconnect: () => ((endedBy = 'exchange'), ended.resolve()) }
    inviter.stateChange.addListener((state) => {
      if (state === SessionState.Terminated) ended.resolve()
      if (state !== SessionState.Established) return
      clearTimeout(impatience)
      answerMs = Math.round(performance.now() - invitedAt)
      emit({ event: 'answered', ms: answerMs })
      ear = createEar(connectionOf(inviter), (heard) => {
        if (!heardFirst && heard.dbfs > voiceDbfs) {
          heardFirst = true
          emit({ event: 'heard', ...heard, final: false })
        }
        for (const listener of windows) listener(heard)
      })
      void converse().then(hangUp)
    })

    const converse = async (): Promise<void> => {
      if (options.tone !== undefined) {
        mouth.hum(options.tone)
        emit({ event: 'speaking', line: `tone ${options.tone}` })
        return playSteps([{ do: 'stay', atMostSeconds: toneStaySeconds }], body)
      }
      return playSteps(scenario.steps, body)
    }
    const body = {
      signal: gone.signal,
      say: (line: string) => {
        emit({ event: 'speaking', line })
        return mouth.say(readWav(readFileSync(clipPath(scenario, line))))
      },
      onWindow: (listener: (heard: Heard) => void) => {
        windows.add(listener)
        return () => void windows.delete(listener)
      },
    }

    await inviter.invite({
      requestDelegate: {
        onProgress: (response) => {
          impatience ??= setTimeout(hangUp, scenario.patienceSeconds * 1000)
          if (response.message.statusCode === 182) emit({ event: 'queued' })
          if (response.message.statusCode === 180) emit({ event: 'ringing' })
        },
        onReject: (response) => {
          status = response.message.statusCode ?? null
          if (status !== 487) endedBy = 'operator'
        },
      },
    })
    await ended.promise
    clearTimeout(impatience)
    gone.abort()
    return await conclude()
  } finally {
    gone.abort()
    mouth.close()
    await (ear as Ear | null)?.close()
    await userAgent.stop().catch(() => {})
  }

  async function conclude(): Promise<CallResult> {
    const listened = ear
    await listened?.close()
    const packets = (await listened?.packets()) ?? { sent: 0, received: 0 }
    const heardMs = listened?.heardMs() ?? 0
    const loudest = listened?.loudest()
    if (loudest) emit({ event: 'heard', ...loudest, final: true })
    emit({ event: 'ended', by: endedBy, heardMs, sentPackets: packets.sent, receivedPackets: packets.received })
    const outcome = answerMs !== null ? 'answered' : endedBy === 'citizen' ? 'abandoned' : 'refused'
    const asExpected = outcome === scenario.expect && endedBy !== 'exchange'
    return {
      outcome,
      endedBy,
      status,
      answerMs,
      heardMs,
      sentPackets: packets.sent,
      receivedPackets: packets.received,
      asExpected,
    }
  }
}

async function report(ear: Ear | null): Promise<CitizenEvent & { event: 'report' }> {
  const packets = (await ear?.packets()) ?? { sent: 0, received: 0, maxGapMs: 0 }
  const { dominantHz, dbfs } = ear?.last() ?? { dominantHz: 0, dbfs: -120 }
  return {
    event: 'report',
    dominantHz,
    dbfs,
    heardMs: ear?.heardMs() ?? 0,
    packetsReceived: packets.received,
    packetsSent: packets.sent,
    maxGapMs: packets.maxGapMs,
  }
}

function createUserAgent(options: CallOptions, stream: MediaStream): UserAgent {
  const user = options.number ?? options.scenario.number
  return new UserAgent({
    uri: mustUri(`sip:${user}@${hostOf(options)}`),
    displayName: options.scenario.displayName ?? '',
    authorizationUsername: user,
    authorizationPassword: options.password ?? 'citizen',
    logBuiltinEnabled: false, // its log shows whole messages, numbers included
    transportOptions: { server: options.exchange },
    sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(async () => stream),
    // Without ICE servers there is nothing to wait for but the machine's own addresses.
    sessionDescriptionHandlerFactoryOptions: {
      iceGatheringTimeout: 500,
      peerConnectionConfiguration: { iceServers: [] },
    },
  })
}

async function register(registerer: Registerer): Promise<void> {
  const done = Promise.withResolvers<void>()
  registerer.stateChange.addListener((state) => {
    if (state === RegistererState.Registered) done.resolve()
  })
  await registerer.register({
    requestDelegate: {
      onReject: (response) => done.reject(new Error(`not registered: ${response.message.statusCode ?? 0}`)),
    },
  })
  await done.promise
}

function connectionOf(inviter: Inviter): RTCPeerConnection {
  const handler = inviter.sessionDescriptionHandler
  if (!(handler instanceof Web.SessionDescriptionHandler) || !handler.peerConnection)
    throw new Error('the call has no connection')
  return handler.peerConnection
}

function hostOf(options: CallOptions): string {
  return new URL(options.exchange).hostname
}

function mustUri(text: string): NonNullable<ReturnType<typeof UserAgent.makeURI>> {
  const uri = UserAgent.makeURI(text)
  if (!uri) throw new Error('not a number that can call or be called')
  return uri
}
