// Makes the clips of all scenarios: node central/practice/speech/make-speech.mjs
// Needs Debian's espeak-ng (the voice) and sox (16 kHz mono 16-bit). Not needed at run time: the clips are in the repository.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinyin } from 'pinyin-pro'

const folder = import.meta.dirname
const bytesMax = 4 * 1024 * 1024
const scenarios = join(folder, '..', 'scenarios')
const work = mkdtempSync(join(tmpdir(), 'speech-'))
const voice = { pitch: 62, speed: 185 }

for (const file of readdirSync(folder)) if (file.endsWith('.wav')) rmSync(join(folder, file))
let bytes = 0
for (const file of readdirSync(scenarios).filter((name) => name.endsWith('.json'))) {
  const scenario = JSON.parse(readFileSync(join(scenarios, file), 'utf8'))
  for (const [line, text] of Object.entries(scenario.lines ?? {})) {
    const raw = join(work, 'raw.wav')
    const clip = join(folder, `${scenario.name}.${line}.wav`)
    execFileSync('espeak-ng', [
      '-v',
      'cmn-latn-pinyin',
      '-p',
      `${voice.pitch}`,
      '-s',
      `${voice.speed}`,
      '-w',
      raw,
      toPinyin(text),
    ])
    execFileSync('sox', ['-R', raw, '-r', '16000', '-c', '1', '-b', '16', clip, 'norm', '-3', 'pad', '0.1', '0.2'])
    bytes += statSync(clip).size
  }
}
rmSync(work, { recursive: true })
if (bytes > bytesMax) throw new Error(`the clips have ${bytes} bytes, more than ${bytesMax}`)
process.stdout.write(`${bytes} bytes of speech\n`)

// Debian's espeak-ng has no dictionary of Chinese characters, but reads pinyin with tone numbers; its neutral tone is 5.
function toPinyin(text) {
  const marks = { '，': ',', '。': '.', '？': '?', '！': '!', '、': ',' }
  return pinyin(text, { toneType: 'num', v: true, nonZh: 'consecutive' })
    .replace(/([a-z])0\b/g, '$15')
    .replace(/ *([，。？！、])/g, (_all, mark) => marks[mark])
}
