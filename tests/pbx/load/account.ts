/** What the exchange said of a citizen, for whoever wants to know why a run went wrong. */
import type { Ami } from '../../../build/pbx/ami.ts'
import type { AmiMessage } from '../../../build/pbx/ami-message.ts'
import type { Hearing } from '../../../build/pbx/hearing.ts'

/** Names of events, and what of each is worth a look. */
const TELLING = /^(Queue|Agent|Hold|Unhold|Hangup|MusicOnHold|Bridge|Newchannel|DialEnd|Rename|AttendedTransfer)/
const WORDS = ['Channel', 'DestChannel', 'Interface', 'MusicOnHold', 'Cause', 'DialStatus', 'BridgeUniqueid'] as const

export type Account = {
  /** All events about the calls of `number` from the last `calls` of them on, one a line, with the second of the run. */
  of(number: string, calls: number): Promise<string>
}

/** Whose a line is: her channel's name is the call's in everything that came of it. */
const callOf = (message: AmiMessage): string => message['Linkedid'] ?? message['DestLinkedid'] ?? ''

/** Keeps what is heard from now on. */
export function keepAccount(events: Hearing, ami: Ami): Account {
  const began = performance.now()
  const kept: { readonly s: string; readonly message: AmiMessage }[] = []
  void (async () => {
    for await (const message of events) {
      if (TELLING.test(message['Event'] ?? ''))
        kept.push({ s: ((performance.now() - began) / 1000).toFixed(1), message })
    }
  })()

  const line = (s: string, message: AmiMessage): string =>
    [s, message['Event'], callOf(message), ...WORDS.flatMap((word) => message[word] ?? [])].join(' ')

  return {
    of: async (number, calls) => {
      const joined = kept.filter(
        ({ message }) => message['Event'] === 'QueueCallerJoin' && message['CallerIDNum'] === number,
      )
      const names = new Set(joined.slice(-calls).map(({ message }) => message['Uniqueid'] ?? ''))
      const channels = await ami.list('CoreShowChannels')
      return [
        ...kept.filter(({ message }) => names.has(callOf(message))).map(({ s, message }) => line(s, message)),
        ...channels
          .filter((message) => names.has(callOf(message)))
          .map(
            (message) =>
              `now ${message['Channel']} ${message['ChannelStateDesc']} ${message['Application']} bridge ${message['BridgeId']} ${message['Duration']}`,
          ),
      ].join('\n')
    },
  }
}
