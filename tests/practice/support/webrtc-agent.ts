import { Registerer, RegistererState, SessionState, UserAgent, Web } from 'sip.js'
import type { Invitation } from 'sip.js'
import { createEar } from '../../../central/practice/ear.ts'
import type { Ear } from '../../../central/practice/ear.ts'
import { createMouth } from '../../../central/practice/mouth.ts'
import { createStream, installBrowserGlobals } from '../../../central/practice/wrtc.ts'

/** A telephone in plain Node: answers each call and hums a tone. */
export interface WebrtcAgent {
  /** Resolves with the ear and the headers of the first answered call. */
  answered: Promise<{ ear: Ear; header(name: string): string | undefined; invitation: Invitation }>
  hum(hz: number): void
  stop(): Promise<void>
}

/** Registers a telephone and waits until it may be called; it rings until `answersAfter`. */
export async function startWebrtcAgent(
  url: string,
  extension: string,
  password: string,
  hz: number,
  rejectFirst = 0,
  answersAfter: Promise<void> = Promise.resolve(),
): Promise<WebrtcAgent> {
  let rejections = rejectFirst
  installBrowserGlobals()
  const mouth = createMouth()
  mouth.hum(hz)
  const answered = Promise.withResolvers<Awaited<WebrtcAgent['answered']>>()
  let ear: Ear | null = null
  const uri = UserAgent.makeURI(`sip:${extension}@127.0.0.1`)
  if (!uri) throw new Error('bad extension')
  const stream = createStream(mouth.track)
  const userAgent = new UserAgent({
    uri,
    authorizationUsername: extension,
    authorizationPassword: password,
    logBuiltinEnabled: false,
    transportOptions: { server: url },
    sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(async () => stream),
    sessionDescriptionHandlerFactoryOptions: {
      iceGatheringTimeout: 500,
      peerConnectionConfiguration: { iceServers: [] },
    },
    delegate: { onInvite: (invitation) => void take(invitation) },
  })

  async function take(invitation: Invitation): Promise<void> {
    if (rejections-- > 0) return invitation.reject({ statusCode: 486 })
    invitation.stateChange.addListener((state) => {
      if (state !== SessionState.Established) return
      const handler = invitation.sessionDescriptionHandler as Web.SessionDescriptionHandler
      if (!handler.peerConnection) return
      ear = createEar(handler.peerConnection, () => {})
      answered.resolve({ ear, invitation, header: (name) => invitation.request.getHeader(name) })
    })
    await answersAfter
    await invitation.accept()
  }

  await userAgent.start()
  const registerer = new Registerer(userAgent)
  const registered = new Promise<void>((resolve) => {
    registerer.stateChange.addListener((state) => state === RegistererState.Registered && resolve())
  })
  await registerer.register()
  await registered
  return {
    answered: answered.promise,
    hum: mouth.hum,
    stop: async () => {
      mouth.close()
      await ear?.close()
      await userAgent.stop()
    },
  }
}
