import { describe, expect, test } from 'vitest'
import type { CallFact } from '../../shared/call/call-fact.ts'
import type { PhoneSnapshot, ToldFact } from '../../shared/call/phone-snapshot.ts'
import { createPhone } from '../../renderer/phone/phone.ts'
import { noQueueCodes } from '../../renderer/phone/queue-codes.ts'
import type { SipEvents } from '../../renderer/phone/sip-ports.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

const sounded = {
  ...{ mosIn: 4.4, mosOut: null, lossIn: 0.01, lossOut: null, jitterMs: 4, rttMs: null },
  longestGapMs: 60,
}

type FakeTrack = { stopped: boolean; enabled: boolean; stop(): void }

function fakeSound() {
  const track: FakeTrack = {
    stopped: false,
    enabled: true,
    stop: () => {
      track.stopped = true
    },
  }
  const stream = Object.assign(new EventTarget(), { getTracks: () => [track], getAudioTracks: () => [track] })
  return { track, stream: stream as unknown as MediaStream }
}

const connection = {
  servers: ['ws://x'],
  iceServers: [],
  codecs: ['opus', 'PCMA', 'PCMU', 'G722'] as ('opus' | 'PCMA' | 'PCMU' | 'G722')[],
  numberPlan: defaultNumberPlan,
  dialRules: { outside: '', mobilePrefix: '', homeMobiles: [] as string[] },
  ringSound: true,
  tones: 'rtp' as const,
  wrapUpSeconds: 60,
  queue: noQueueCodes,
  recording: { headers: ['X-Recording-Id', 'X-Call-Id'] as string[], pause: '*91', resume: '*92' },
  echoTest: '600',
  author: '1003',
}

/** A phone whose wire, ring and microphone are made of notes of what was asked of them. */
function fixture() {
  const asked: string[] = []
  const facts: CallFact[] = []
  const authors: string[] = []
  const untold: ToldFact[] = []
  const snapshots: PhoneSnapshot[] = []
  const sounds: ReturnType<typeof fakeSound>[] = []
  let wire: SipEvents | null = null
  let openMicrophone: (() => void) | null = null
  let holdMicrophone = false
  let confirm = () => {}
  const phone = createPhone({
    clock: { now: () => 7 },
    sip: (on) => {
      wire = on
      return {
        connect: () => Promise.resolve(),
        disconnect: () => Promise.resolve(),
        accept: (callId) => {
          asked.push(`accept ${callId}`)
          return Promise.resolve()
        },
        refuse: (callId, status) => void asked.push(`refuse ${callId} ${status}`),
        hangUp: (callId) => void asked.push(`bye ${callId}`),
        peerConnection: () => ({}) as RTCPeerConnection,
        dial: (callId, number) => {
          asked.push(`dial ${callId} ${number}`)
          return Promise.resolve()
        },
        hold: (callId, held) => {
          asked.push(`${held ? 'hold' : 'resume'} ${callId}`)
          return Promise.resolve(true)
        },
        sendTones: (callId, tones, how) => {
          asked.push(`tones ${callId} ${tones} ${how}`)
          return Promise.resolve(true)
        },
        doubt: () => void asked.push('doubt'),
        feature: (code) => {
          asked.push(`feature ${code}`)
          return Promise.resolve(true)
        },
        complete: (callId, besideId) => {
          asked.push(`complete ${callId} ${besideId}`)
          return Promise.resolve('done')
        },
      }
    },
    ids: { next: () => 'mine' },
    tones: {
      ring: { start: () => void asked.push('ring'), stop: () => void asked.push('silence') },
      knock: { start: () => void asked.push('knock'), stop: () => {} },
      ringBack: { start: () => {}, stop: () => {} },
    },
    join: () => () => Promise.resolve(),
    microphone: {
      open: async () => {
        if (holdMicrophone) await new Promise<void>((resolve) => (openMicrophone = resolve))
        const sound = fakeSound()
        sounds.push(sound)
        return sound.stream
      },
      state: () => 'ready',
    },
    sound: () => 'ready',
    watch: (callId, _peer, _sound, confirmed) => {
      asked.push(`watch ${callId}`)
      confirm = confirmed
      return {
        stats: () => {
          throw new Error('not asked here')
        },
        hear: ({ mic, ear }) => void asked.push(`hear ${callId} ${mic} ${ear}`),
        release: () => {
          asked.push('release')
          return sounded
        },
      }
    },
    facts: {
      add: ({ fact, author }) => void (facts.push(fact), authors.push(author)),
      waiting: () => untold,
      stalled: () => false,
    },
    autoAnswerAt: () => null,
    echo: { after: () => () => {}, every: () => () => {}, levels: () => {} },
    publish: (snapshot) => void snapshots.push(snapshot),
  })
  if (wire === null) throw new Error('no wire')
  const sip: SipEvents = wire
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return {
    ...phone,
    sip,
    asked,
    facts,
    authors,
    untold,
    sounds,
    last: () => snapshots.at(-1),
    confirm: () => confirm(),
    hold: () => {
      holdMicrophone = true
    },
    openMicrophone: () => openMicrophone?.(),
    turn,
    ring: (callId = 'a') => sip.invited({ callId, number: '13800002210', name: '', queue: '12345' }),
  }
}

async function ready() {
  const phone = fixture()
  phone.sip.line('registered', null)
  return phone
}

describe('a call', () => {
  test('rings, is answered, becomes talking only when both sides are heard, and ends in wrap-up', async () => {
    const phone = await ready()
    phone.ring()
    expect(phone.last()).toMatchObject({ operator: { status: 'ringing' }, call: { phase: 'ringing' } })
    await phone.handlers['phone.answer']({ callId: 'a' })
    await phone.turn()
    expect(phone.asked).toEqual(['ring', 'silence', 'accept a'])
    phone.sip.established('a')
    expect(phone.last()?.call?.phase).toBe('connected')
    phone.confirm()
    expect(phone.last()?.call?.phase).toBe('talking')
    await phone.handlers['phone.hangUp']({ callId: 'a' })
    phone.sip.over('a', false, null)
    expect(phone.last()).toMatchObject({
      operator: { status: 'wrapUp' },
      call: { phase: 'ended', outcome: 'completed' },
    })
    expect(phone.asked.slice(-2)).toEqual(['silence', 'release'])
    expect(phone.sounds[0]?.track.stopped).toBe(true)
    expect(phone.facts.map(({ kind }) => kind)).toEqual(['offered', 'answered', 'talking', 'quality', 'ended'])
    expect(phone.facts[3]).toEqual({ callId: 'a', kind: 'quality', at: 7, ...sounded })
  })

  test('whose citizen hangs up while the microphone opens leaves no microphone open', async () => {
    const phone = await ready()
    phone.hold()
    phone.ring()
    await phone.handlers['phone.answer']({ callId: 'a' })
    phone.sip.over('a', false, null)
    phone.openMicrophone()
    await phone.turn()
    expect(phone.sounds[0]?.track.stopped).toBe(true)
    expect(phone.asked).not.toContain('accept a')
  })

  test('that comes in wrap-up is passed on without a ring', async () => {
    const phone = await ready()
    phone.ring()
    await phone.handlers['phone.answer']({ callId: 'a' })
    phone.sip.over('a', false, null)
    phone.ring('b')
    expect(phone.asked).toContain('refuse b 480')
    expect(phone.last()?.call?.caller.callId).toBe('a')
    await phone.handlers['phone.wrapUpDone'](null)
    phone.ring('b')
    expect(phone.last()?.operator.status).toBe('ringing')
  })

  test('that comes while one is being answered is refused as busy', async () => {
    const phone = await ready()
    phone.ring()
    await phone.handlers['phone.answer']({ callId: 'a' })
    phone.ring('b')
    expect(phone.asked).toContain('refuse b 486')
  })

  test('N14 of two in the same second one rings, and the other one hears busy', async () => {
    const phone = await ready()
    phone.ring()
    phone.ring('b')
    expect(phone.last()?.call?.caller.callId).toBe('a')
    expect(phone.asked).toEqual(['ring', 'refuse b 486'])
    phone.sip.over('b', false, null)
    expect(phone.last()).toMatchObject({ call: { caller: { callId: 'a' }, phase: 'ringing' }, other: null })
  })

  test('N14 that comes in the second in which a number is dialled hears busy; the other way round nothing is dialled', async () => {
    const dialling = await ready()
    await dialling.handlers['phone.dial']({ number: '1004', purpose: 'citizen' })
    dialling.ring()
    expect(dialling.asked).toContain('refuse a 486')
    const rung = await ready()
    rung.ring()
    expect(await rung.handlers['phone.dial']({ number: '1004', purpose: 'citizen' })).toMatchObject({ ok: false })
    await rung.turn()
    expect(rung.asked).toEqual(['ring'])
  })

  test('that is dialled goes out with the prefixes of the exchange, and is known by its number without them', async () => {
    const dialRules = { outside: '9', mobilePrefix: '0', homeMobiles: [] }
    const phone = await ready()
    await phone.handlers['phone.connect']({
      ...connection,
      dialRules,
      line: { extension: '1003', password: 'x', domain: 'x' },
    })
    await phone.handlers['phone.dial']({ number: '13900138000', purpose: 'citizen' })
    await phone.turn()
    expect(phone.asked).toContain('dial mine 9013900138000')
    expect(phone.last()?.call?.caller.number).toBe('13900138000')
  })

  test('at home in Guangzhou goes out as a local one there', async () => {
    const phone = await ready()
    await phone.handlers['phone.connect']({
      ...connection,
      numberPlan: { ...defaultNumberPlan, areaCode: '20' },
      dialRules: { outside: '9', mobilePrefix: '', homeMobiles: [] },
      line: { extension: '1003', password: 'x', domain: 'x' },
    })
    await phone.handlers['phone.dial']({ number: '02083500123', purpose: 'citizen' })
    await phone.turn()
    expect(phone.asked).toContain('dial mine 983500123')
  })

  test('that was missed makes the operator away, and cameBack makes ready', async () => {
    const phone = await ready()
    phone.ring()
    phone.sip.over('a', false, null)
    expect(phone.last()).toMatchObject({ operator: { status: 'away' }, call: { outcome: 'missed' } })
    await phone.handlers['phone.away']({ reason: null })
    expect(phone.last()?.operator.status).toBe('ready')
  })

  test('can not be answered by the name of another', async () => {
    const phone = await ready()
    phone.ring()
    expect(await phone.handlers['phone.answer']({ callId: 'b' })).toMatchObject({ ok: false })
  })
})

/** A phone whose operator speaks with a citizen. */
async function inCall() {
  const phone = await ready()
  phone.ring()
  await phone.handlers['phone.answer']({ callId: 'a' })
  await phone.turn()
  phone.sip.established('a')
  phone.asked.length = 0
  return phone
}

describe('E1 a test of the sound', () => {
  const connected = async () => {
    const phone = await ready()
    await phone.handlers['phone.connect']({ ...connection, line: { extension: '1003', password: 'x', domain: 'x' } })
    return phone
  }

  test('is no call: no fact is told of it, and the operator stays ready', async () => {
    const phone = await connected()
    expect(await phone.handlers['phone.echoTest']({ on: true })).toMatchObject({ ok: true })
    await phone.turn()
    phone.sip.established('echo-mine')
    expect(phone.last()).toMatchObject({ operator: { status: 'ready' }, call: null, echo: { state: 'up' } })
    phone.sip.over('echo-mine', false, null)
    expect(phone.last()).toMatchObject({ operator: { status: 'ready' }, call: null, echo: { state: 'over' } })
    expect(phone.facts).toEqual([])
  })

  test('gives way at once to a call that comes', async () => {
    const phone = await connected()
    await phone.handlers['phone.echoTest']({ on: true })
    await phone.turn()
    phone.sip.established('echo-mine')
    phone.ring()
    expect(phone.asked.filter((what) => /^(bye|ring)/.test(what))).toEqual(['bye echo-mine', 'ring'])
    expect(phone.sounds[0]?.track.stopped).toBe(true)
    expect(phone.last()).toMatchObject({ operator: { status: 'ringing' }, call: { phase: 'ringing' } })
    phone.sip.over('echo-mine', false, null)
    expect(phone.last()?.call?.phase).toBe('ringing')
    expect(await phone.handlers['phone.echoTest']({ on: true })).toMatchObject({ ok: false })
  })
})

describe('a hard call', () => {
  test('O8 C12 the operator is away after its wrap-up, also where the phone died in it', async () => {
    const phone = await inCall()
    await phone.handlers['phone.warn']({ callId: 'a', withdraw: false })
    expect(phone.facts.at(-1)).toEqual({ callId: 'a', kind: 'warned', at: 7, count: 1 })
    const after = await ready()
    await after.handlers['phone.restore'](phone.last() ?? expect.fail())
    expect(after.last()).toMatchObject({ operator: { status: 'wrapUp' }, call: { care: { warnings: [7] } } })
    await after.handlers['phone.wrapUpDone'](null)
    expect(after.last()?.operator).toMatchObject({ status: 'away', away: 'afterHardCall' })
  })

  test('O8 is none where the warning was taken back', async () => {
    const phone = await inCall()
    await phone.handlers['phone.warn']({ callId: 'a', withdraw: false })
    phone.sip.over('a', false, null)
    await phone.handlers['phone.warn']({ callId: 'a', withdraw: true })
    await phone.handlers['phone.wrapUpDone'](null)
    expect(phone.last()?.operator.status).toBe('ready')
  })

  test('C13 what is paused is recorded again before the citizen is put through', async () => {
    const phone = await inCall()
    await phone.handlers['phone.connect']({ ...connection, line: { extension: '1003', password: 'x', domain: 'x' } })
    await phone.handlers['phone.pauseRecording']({ callId: 'a', paused: true })
    await phone.handlers['phone.dial']({ number: '1004', purpose: 'handOver' })
    await phone.turn()
    phone.sip.established('mine')
    await phone.turn()
    const order = phone.asked.filter((what) => /^(tones|complete)/.test(what))
    expect(order).toEqual(['tones a *91 rtp', 'tones a *92 rtp', 'complete a mine'])
  })
})

describe('calls beside each other', () => {
  test('a held citizen hears nothing from the press on, and is heard again once the exchange took her back', async () => {
    const phone = await inCall()
    await phone.handlers['phone.hold']({ callId: 'a', held: true })
    expect(phone.asked).toEqual(['hear a false false', 'hold a'])
    await phone.turn()
    await phone.handlers['phone.hold']({ callId: 'a', held: false })
    await phone.turn()
    expect(phone.asked.slice(2)).toEqual(['resume a', 'hear a true true'])
    expect(phone.facts.map(({ kind }) => kind).slice(-2)).toEqual(['held', 'resumed'])
  })

  test('O9 the status is held while everybody is put aside, and talking as soon as somebody is dialled', async () => {
    const phone = await inCall()
    const status = () => phone.last()?.operator.status
    await phone.handlers['phone.hold']({ callId: 'a', held: true })
    await phone.turn()
    expect(status()).toBe('held')
    await phone.handlers['phone.hold']({ callId: 'a', held: false })
    await phone.turn()
    expect(status()).toBe('talking')
    await phone.handlers['phone.dial']({ number: '1004', purpose: 'consult' })
    await phone.turn()
    expect(status()).toBe('talking')
    expect(phone.last()).toMatchObject({ call: { hold: { wanted: true } }, beside: { phase: 'dialling' } })
  })

  test('one that knocks is no ring, and the operator stays in her call', async () => {
    const phone = await inCall()
    phone.ring('b')
    expect(phone.asked).toEqual(['knock'])
    expect(phone.last()).toMatchObject({ operator: { status: 'talking' }, other: { phase: 'ringing' } })
  })

  test('a citizen is handed over to who answers, and the operator has her to wrap up', async () => {
    const phone = await inCall()
    await phone.handlers['phone.dial']({ number: '1004', purpose: 'handOver' })
    await phone.turn()
    phone.sip.established('mine')
    await phone.turn()
    expect(phone.asked).toContain('complete a mine')
    expect(phone.asked.filter((what) => what.startsWith('bye'))).toEqual(['bye a', 'bye mine'])
    phone.sip.over('mine', false, null)
    expect(phone.last()).toMatchObject({ operator: { status: 'wrapUp' }, call: { outcome: 'transferred' } })
  })

  test('a number that is given up before the microphone opens is dialled by nobody, and the call is over', async () => {
    const phone = await ready()
    phone.hold()
    await phone.handlers['phone.dial']({ number: '1004', purpose: 'citizen' })
    await phone.handlers['phone.hangUp']({ callId: 'mine' })
    phone.openMicrophone()
    await phone.turn()
    expect(phone.asked.some((what) => what.startsWith('dial'))).toBe(false)
    expect(phone.last()?.call).toMatchObject({ phase: 'ended', outcome: 'failed' })
    expect(phone.sounds[0]?.track.stopped).toBe(true)
  })

  test('a number that is dialled while the line is not registered is refused, and nothing begins', async () => {
    const phone = fixture()
    expect(await phone.handlers['phone.dial']({ number: '1004', purpose: 'citizen' })).toMatchObject({ ok: false })
    expect(phone.facts).toEqual([])
  })

  test('a number dialled while nobody calls makes the operator busy, and ends in wrap-up', async () => {
    const phone = await ready()
    await phone.handlers['phone.dial']({ number: '13800002210', purpose: 'citizen' })
    expect(phone.last()).toMatchObject({
      operator: { status: 'talking' },
      call: { direction: 'out', phase: 'dialling' },
    })
    phone.sip.over('mine', true, 486)
    expect(phone.last()).toMatchObject({ operator: { status: 'wrapUp' }, call: { outcome: 'failed', status: 486 } })
  })
})

test('N10 whoever wakes lets the wire look at its link', async () => {
  const phone = await ready()
  expect(await phone.handlers['phone.checkLink'](null)).toMatchObject({ ok: true })
  expect(phone.asked).toEqual(['doubt'])
})

test('the status is ready only between REGISTER 200 and the loss of the line', async () => {
  const phone = fixture()
  phone.sip.line('connecting', null)
  expect(phone.last()?.operator.status).toBe('offline')
  phone.sip.line('registered', null)
  expect(phone.last()?.operator.status).toBe('ready')
  phone.sip.line('connecting', 'unreachable')
  expect(phone.last()).toMatchObject({ operator: { status: 'offline' }, problem: 'unreachable' })
})

describe('a phone that was started again', () => {
  /** What a phone says when it dies, and what its successor makes of that. */
  async function succeed(until: (phone: Awaited<ReturnType<typeof ready>>) => void | Promise<void>) {
    const before = await ready()
    await until(before)
    const after = fixture()
    const left = before.last()
    if (left === undefined) throw new Error('nothing said')
    await after.handlers['phone.restore'](left)
    return after
  }

  test('takes up an answered call as lost, tells its facts again, and leaves the operator in wrap-up', async () => {
    const after = await succeed(async (phone) => {
      phone.ring()
      await phone.handlers['phone.answer']({ callId: 'a' })
      await phone.turn()
      phone.sip.established('a')
      phone.confirm()
    })
    expect(after.last()).toMatchObject({
      operator: { status: 'wrapUp', registered: false },
      call: { phase: 'ended', outcome: 'lost', caller: { callId: 'a' } },
    })
    expect(after.facts.map(({ kind }) => kind)).toEqual(['offered', 'answered', 'ended'])
    after.sip.line('registered', null)
    expect(after.last()?.operator.status).toBe('wrapUp')
    await after.handlers['phone.wrapUpDone'](null)
    expect(after.last()?.operator.status).toBe('ready')
  })

  test('takes up a ringing call as lost, and the operator is away', async () => {
    const after = await succeed((phone) => phone.ring())
    expect(after.last()).toMatchObject({ operator: { status: 'away' }, call: { phase: 'ended', outcome: 'lost' } })
  })

  test('takes up a wrap-up and its call as they were', async () => {
    const after = await succeed(async (phone) => {
      phone.ring()
      await phone.handlers['phone.answer']({ callId: 'a' })
      await phone.turn()
      phone.sip.established('a')
      phone.sip.over('a', false, null)
    })
    expect(after.last()).toMatchObject({ operator: { status: 'wrapUp' }, call: { outcome: 'completed' } })
    expect(after.facts.filter(({ kind }) => kind === 'ended')).toHaveLength(1)
  })

  test('is not ready before it has registered itself', async () => {
    const after = await succeed(() => undefined)
    expect(after.last()?.operator).toMatchObject({ status: 'offline', registered: false })
    after.sip.line('registered', null)
    expect(after.last()?.operator.status).toBe('ready')
  })

  test('tells on what the one before had not told, each under its own author', async () => {
    const after = await succeed(async (phone) => {
      const line = { extension: '1003', password: 'x', domain: 'x' }
      await phone.handlers['phone.connect']({ ...connection, line })
      phone.untold.push({ author: '1001', fact: { callId: 'old', kind: 'answered', at: 3 } })
      phone.ring()
    })
    expect(after.facts.map(({ callId, kind }) => `${callId} ${kind}`)).toEqual(['old answered', 'a offered', 'a ended'])
    expect(after.authors).toEqual(['1001', '1003', '1003'])
  })
})

test('the queue of the exchange is told of ready, away and wrap-up, of nothing while a call is up, and of signing out', async () => {
  const phone = fixture()
  const line = { extension: '1003', password: 'x', domain: 'x' }
  const queue = { login: '*45', pause: '*47', unpause: '*48', logout: '*46' }
  await phone.handlers['phone.connect']({ ...connection, line, queue })
  const dialled = () => phone.asked.filter((what) => what.startsWith('feature')).join(' ')
  phone.sip.line('registered', null)
  await phone.turn()
  expect(dialled()).toBe('feature *45 feature *48')
  phone.ring()
  await phone.handlers['phone.answer']({ callId: 'a' })
  await phone.turn()
  phone.sip.established('a')
  await phone.turn()
  expect(dialled()).toBe('feature *45 feature *48')
  phone.sip.over('a', false, null)
  await phone.turn()
  expect(dialled()).toBe('feature *45 feature *48 feature *47')
  expect(phone.last()?.queue).toBe('agreed')
  await phone.handlers['phone.away']({ reason: 'meal' })
  expect(phone.last()?.operator).toMatchObject({ status: 'away', away: 'meal' })
  await phone.handlers['phone.disconnect'](null)
  expect(dialled()).toBe('feature *45 feature *48 feature *47 feature *46')
})
