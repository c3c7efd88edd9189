import type { DeskState } from '../stores/call-store.ts'

/** Everything a key can do, by name. */
export type KeyId =
  | 'answer'
  | 'reject'
  | 'mute'
  | 'hold'
  | 'swap'
  | 'join'
  | 'complete'
  | 'drop'
  | 'keypad'
  | 'warn'
  | 'withdrawWarning'
  | 'pauseRecording'
  | 'dial'
  | 'emergency'
  | 'consult'
  | 'handOver'
  | 'dialNow'
  | 'redial'
  | 'hangUp'
  | 'ready'
  | 'away'
  | 'noMatter'
  | 'save'
  | 'newCase'
  | 'openDraft'
  | 'content'
  | 'particulars'
  | 'keepStanding'
  | 'takeLate'
  | 'seeChange'
  | 'wrongAnswer'
  | 'kind'
  | 'takeClass'
  | 'takeWording'
  | 'similar'
  | 'joinCall'
  | 'joinCase'
  | 'search'
  | 'chooseHit'
  | 'insert'
  | 'chooseRow'
  | 'insertRow'
  | 'narrowDistrict'
  | 'narrowUnit'
  | 'leaveSearch'
  | 'said'
  | 'tongue'
  | 'help'
  | 'sync'
  | 'sound'
  | 'calls'
  | 'callBack'
  | 'chooseCall'
  | 'callEntry'
  | 'openCase'
  | 'star'
  | 'findCases'
  | 'myWork'
  | 'ledger'
  | 'earlier'
  | 'chooseCase'
  | 'pageCases'
  | 'openPage'
  | 'saveSearch'
  | 'takeSearch'
  | 'widenSearch'
  | 'saveTable'
  | 'saveCsv'
  | 'takeStep'
  | 'printCase'
  | 'savePdf'
  | 'pageOfCall'

export type KeyGroup = 'call' | 'form' | 'knowledge' | 'desk' | 'work'

export type KeyBinding = {
  readonly id: KeyId
  /** How the key is shown, on its button and under F1. */
  readonly shown: string
  /** The keys as `KeyboardEvent.key` names them, with their modifiers. */
  readonly keys: readonly string[]
  readonly group: KeyGroup
  /** Where on the desk it acts: everywhere, or only while that part has the focus. */
  readonly scope: 'desk' | 'kind' | 'search' | 'dial' | 'calls' | 'cases' | 'casePage' | 'similar'
  readonly where: readonly DeskState[]
  /** Whether it asks something of the phone, and so does nothing while the phone is down. */
  readonly phone: boolean
}

const always: readonly DeskState[] = ['idle', 'ringing', 'inCall', 'wrapUp', 'away', 'offline']
const noCall: readonly DeskState[] = ['idle', 'away', 'offline']
/** Where a citizen may be dialled. */
const free: readonly DeskState[] = ['idle', 'wrapUp', 'away']

function key(
  id: KeyId,
  shown: string,
  keys: readonly string[],
  group: KeyGroup,
  where: readonly DeskState[] = always,
): KeyBinding {
  return { id, shown, keys, group, scope: 'desk', where, phone: false }
}

function phoneKey(id: KeyId, shown: string, where: readonly DeskState[]): KeyBinding {
  return { ...key(id, shown, [shown], 'call', where), phone: true }
}

function altKey(id: KeyId, letter: string, where: readonly DeskState[]): KeyBinding {
  return { ...key(id, `Alt ${letter}`, [`Alt+${letter}`], 'call', where), phone: true }
}

/** Every key of the desk, declared once: buttons and the sheet under F1 read it from here. */
export const keyMap: readonly KeyBinding[] = [
  // In a call they are for the second citizen, while she knocks.
  phoneKey('answer', 'F5', ['ringing', 'inCall']),
  phoneKey('reject', 'F6', ['ringing', 'inCall']),
  phoneKey('mute', 'F7', ['inCall']),
  phoneKey('hold', 'F11', ['inCall']),
  phoneKey('away', 'F8', ['idle', 'wrapUp', 'away', 'offline']),
  phoneKey('ready', 'F5', ['wrapUp', 'away']),
  key('noMatter', 'F9', ['F9'], 'call', ['inCall', 'wrapUp', 'idle', 'away', 'offline']),
  phoneKey('hangUp', 'F12', ['inCall']),
  altKey('dial', 'D', [...free, 'inCall']),
  altKey('redial', 'R', free),
  { ...key('dialNow', '↵', ['Enter'], 'call', free), scope: 'dial' },
  { ...key('consult', '↵', ['Enter'], 'call', ['inCall']), scope: 'dial' },
  { ...key('handOver', 'Shift ↵', ['Shift+Enter'], 'call', ['inCall']), scope: 'dial' },
  altKey('callBack', 'B', free),
  { ...key('star', 'Ctrl D', ['Ctrl+D'], 'call', [...free, 'inCall']), scope: 'dial' },
  altKey('keypad', 'K', ['inCall']),
  altKey('warn', 'A', ['inCall']),
  { ...altKey('withdrawWarning', 'Shift A', ['inCall', 'wrapUp']), keys: ['Alt+Shift+A'] },
  altKey('pauseRecording', 'P', ['inCall']),
  altKey('emergency', 'E', ['inCall']),
  altKey('swap', 'S', ['inCall']),
  altKey('join', 'J', ['inCall']),
  altKey('complete', 'T', ['inCall']),
  altKey('drop', 'X', ['inCall']),
  key('save', 'Ctrl ↵', ['Ctrl+Enter'], 'form'),
  // In a call it is another case of that call.
  key('newCase', 'F10', ['F10'], 'form', [...noCall, 'inCall', 'wrapUp']),
  key(
    'openDraft',
    'Alt 1–9',
    ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => `Alt+${digit}`),
    'form',
    // In a call: among the cases of that call.
    [...noCall, 'inCall', 'wrapUp'],
  ),
  key('content', 'F2', ['F2'], 'form'),
  key('particulars', 'Alt N', ['Alt+N'], 'form'),
  key('takeClass', 'Alt C', ['Alt+C'], 'form'),
  key('takeWording', 'Alt Q', ['Alt+Q'], 'form'),
  key('similar', 'Alt M', ['Alt+M'], 'form'),
  { ...key('joinCall', '↵', ['Enter'], 'form'), scope: 'similar' },
  { ...key('joinCase', 'Shift ↵', ['Shift+Enter'], 'form'), scope: 'similar' },
  // Left and right, as the two values stand beside each other.
  key('keepStanding', 'Alt ←', ['Alt+ArrowLeft'], 'form'),
  key('takeLate', 'Alt →', ['Alt+ArrowRight'], 'form'),
  key('wrongAnswer', 'Alt Z', ['Alt+Z'], 'knowledge'),
  key('seeChange', 'Alt V', ['Alt+V'], 'knowledge'),
  { ...key('kind', '1–6', ['1', '2', '3', '4', '5', '6'], 'form'), scope: 'kind' },
  key('search', 'F3', ['F3'], 'knowledge'),
  { ...key('chooseHit', '↑ ↓', ['ArrowUp', 'ArrowDown'], 'knowledge'), scope: 'search' },
  { ...key('insert', '↵', ['Enter'], 'knowledge'), scope: 'search' },
  { ...key('chooseRow', 'Shift ↑ ↓', ['Shift+ArrowUp', 'Shift+ArrowDown'], 'knowledge'), scope: 'search' },
  { ...key('insertRow', 'Shift ↵', ['Shift+Enter'], 'knowledge'), scope: 'search' },
  { ...key('narrowDistrict', 'Ctrl D', ['Ctrl+D'], 'knowledge'), scope: 'search' },
  { ...key('narrowUnit', 'Ctrl U', ['Ctrl+U'], 'knowledge'), scope: 'search' },
  { ...key('leaveSearch', 'Esc', ['Escape'], 'knowledge'), scope: 'search' },
  key('said', 'F4', ['F4'], 'knowledge', ['inCall']),
  key('tongue', 'Alt L', ['Alt+L'], 'knowledge', ['inCall']),
  key('help', 'F1', ['F1'], 'desk'),
  key('sync', 'Alt 0', ['Alt+0'], 'desk'),
  key('sound', 'Alt Y', ['Alt+Y'], 'desk'),
  key('calls', 'Alt H', ['Alt+H'], 'desk'),
  { ...key('chooseCall', '↑ ↓', ['ArrowUp', 'ArrowDown'], 'desk'), scope: 'calls' },
  { ...key('callEntry', '↵', ['Enter'], 'desk', free), scope: 'calls' },
  { ...key('openCase', 'Shift ↵', ['Shift+Enter'], 'desk'), scope: 'calls' },
  { ...key('pageOfCall', '→', ['ArrowRight'], 'desk'), scope: 'calls' },
  key('findCases', 'Alt F', ['Alt+F'], 'work'),
  key('myWork', 'Alt W', ['Alt+W'], 'work'),
  key('ledger', 'Alt U', ['Alt+U'], 'work'),
  key('earlier', 'Alt G', ['Alt+G'], 'work'),
  { ...key('chooseCase', '↑ ↓', ['ArrowUp', 'ArrowDown'], 'work'), scope: 'cases' },
  { ...key('pageCases', 'PgUp PgDn', ['PageUp', 'PageDown'], 'work'), scope: 'cases' },
  { ...key('openPage', '↵', ['Enter'], 'work'), scope: 'cases' },
  { ...key('saveSearch', 'Ctrl S', ['Ctrl+S'], 'work'), scope: 'cases' },
  { ...key('takeSearch', 'Ctrl 1–9', ['Ctrl+1'], 'work'), scope: 'cases' },
  { ...key('widenSearch', 'Ctrl ⌫', ['Ctrl+Backspace'], 'work'), scope: 'cases' },
  { ...key('saveTable', 'Ctrl E', ['Ctrl+E'], 'work'), scope: 'cases' },
  { ...key('saveCsv', 'Ctrl Shift E', ['Ctrl+Shift+E'], 'work'), scope: 'cases' },
  { ...key('takeStep', '1–9', ['1'], 'work'), scope: 'casePage' },
  { ...key('printCase', 'Ctrl P', ['Ctrl+P'], 'work'), scope: 'casePage' },
  { ...key('savePdf', 'Ctrl Shift P', ['Ctrl+Shift+P'], 'work'), scope: 'casePage' },
]

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>

/** Names a pressed key as the map does; Alt with a digit or a letter goes by its place, because Alt changes what they type. */
export function pressedKey(event: Pressed): string {
  const place = event.altKey ? /^(?:Digit|Numpad|Key)(\d|[A-Z])$/.exec(event.code)?.[1] : undefined
  const modifiers = [event.ctrlKey && 'Ctrl', event.altKey && 'Alt', event.metaKey && 'Meta', event.shiftKey && 'Shift']
  return [...modifiers.filter(Boolean), place ?? event.key].join('+')
}

/** Whether an act means anything in a state of the desk and of the phone. */
export function isLive({ where, phone }: KeyBinding, state: DeskState, phoneUp: boolean): boolean {
  return where.includes(state) && (phoneUp || !phone)
}

/** What a key means on the whole desk in a state; null where it means nothing. */
export function bindingFor(pressed: string, state: DeskState, phoneUp: boolean): KeyBinding | null {
  const all = keyMap.filter(({ scope, keys }) => scope === 'desk' && keys.includes(pressed))
  return all.find((binding) => isLive(binding, state, phoneUp)) ?? null
}

/** Whether the desk owns a key in any state: then the browser must never have it (F5 would reload). */
export function isDeskKey(pressed: string): boolean {
  return keyMap.some(({ scope, keys }) => scope === 'desk' && keys.includes(pressed))
}

/** How the key of an act is shown. */
export function keyShown(id: KeyId): string {
  return keyMap.find((binding) => binding.id === id)?.shown ?? ''
}
