/** The page for whoever runs the exchange (build/pbx/README.md), followed word by word, up to the first call. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { startPbx } from '../../build/pbx/pbx.ts'
import { freePorts } from '../../build/pbx/ports.ts'
import { rawTone } from '../../build/pbx/tones.ts'
import { until } from '../../build/stack/central-reader.ts'
import { demoOperator, startCentral } from '../../build/stack/stack.ts'
import { demoPeople } from '../../central/people/demo.ts'
import type { Settings } from '../../shared/settings.ts'
import { CITIZEN_HZ, freshFolder, NUMBER, openApp, OPERATOR_HZ, readyDesk, statusSays } from '../e2e/fixture.ts'
import { openPlainPhone } from './plain/plain-phone.ts'
import { untilDeskHears } from './rows/steps.ts'

const page = readFileSync(join(import.meta.dirname, '../../build/pbx/README.md'), 'utf8')
const ANNOUNCED_HZ = 1900
const operator = demoPeople.find(({ staffNo }) => staffNo === '1001')

/** The page's blocks of one kind. */
const blocks = (kind: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${kind}\\n([^]*?)\`\`\``, 'g'))].map(([, text = '']) => text)

/** Its files by their names; what a centre replaces is replaced, and each such thing must be there. */
function pageFiles(replace: Readonly<Record<string, string>>): Record<string, string> {
  const files = Object.fromEntries(
    blocks('ini').map((text) => [/^; \/etc\/asterisk\/(\S+)$/m.exec(text)?.[1] ?? 'a block without a name', text]),
  )
  for (const [word, value] of Object.entries(replace)) {
    const found = Object.keys(files).filter((name) => files[name]?.includes(word))
    if (found.length === 0) throw new Error(`the page has no «${word}»`)
    for (const name of found) files[name] = files[name]?.replaceAll(word, value) ?? ''
  }
  return files
}

/** Its certificates, for this machine. */
function makeCertificates(): { folder: string; ca: Buffer } {
  const folder = freshFolder()
  const lines = (blocks('sh').find((text) => text.includes('openssl')) ?? '')
    .replaceAll('pbx.example', 'localhost')
    .split('\n')
    .filter((line) => /^(openssl|printf) /.test(line))
  for (const line of lines) execFileSync('/bin/sh', ['-c', line], { cwd: folder, stdio: 'pipe' })
  return { folder, ca: readFileSync(join(folder, 'ca.pem')) }
}

/** Whether whoever trusts that authority, and it alone, trusts the server at this port. */
function trusted(port: number, ca: Buffer): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ca, servername: 'localhost' })
    socket.once('secureConnect', () => {
      resolve(socket.authorized)
      socket.destroy()
    })
    socket.once('error', reject)
  })
}

test('the page: certificate, files, settings; the first call is announced, heard both ways, and recorded', async () => {
  if (operator === undefined) throw new Error('no operator 1001')
  const { folder, ca } = makeCertificates()
  mkdirSync(join(folder, 'staff'))
  writeFileSync(join(folder, `staff/${operator.line.extension}.sln`), rawTone(ANNOUNCED_HZ))
  const [wssPort = 0] = (await freePorts(1)).tcp
  const files = pageFiles({
    'bindport = 8088': 'bindport = @wsPort@',
    '0.0.0.0:8089': `127.0.0.1:${wssPort}`,
    '0.0.0.0:5060': '127.0.0.1:@sipPort@',
    '/etc/asterisk/keys': folder,
    '203.0.113.7': '127.0.0.1',
    'staff/$': `${folder}/staff/$`,
    'CHANGE-ME-1001': operator.line.password,
  })
  const [pbx, central] = await Promise.all([startPbx({ files }), startCentral({})])
  onTestFinished(async () => {
    await Promise.all([pbx.stop(), central.child.stop()])
  })
  expect(await trusted(wssPort, ca)).toBe(true)

  const said = JSON.parse(blocks('json')[0] ?? '{}') as Partial<Settings>
  const dataDir = freshFolder()
  const app = await openApp({
    stack: { central, exchange: { url: `wss://localhost:${wssPort}/ws` } },
    dataDir,
    settings: {
      ...said,
      central: central.url,
      sip: [`wss://localhost:${wssPort}/ws`],
      ...demoOperator,
      staffNo: '1001',
    },
  })
  // In place of the machine's trust store, which belongs to the machine: that authority's word is taken, no other.
  await app.electron.evaluate(({ session }) =>
    session.defaultSession.setCertificateVerifyProc(({ certificate }, answer) =>
      answer(certificate.issuer.commonName === 'Hotline CA' ? 0 : -2),
    ),
  )
  const desk = await readyDesk(app)
  await until(async () => (await pbx.cli('queue show 12345')).includes('PJSIP/1001'), 'her membership')

  const phone = await openPlainPhone({ sipPort: pbx.sipPort, user: NUMBER })
  onTestFinished(() => phone.close())
  const events = pbx.ami.listen()
  const call = await phone.call('12345', CITIZEN_HZ)
  await statusSays(desk, '振铃')
  await desk.keyboard.press('F5')
  await call.sound.ear.untilTone(ANNOUNCED_HZ)
  await call.sound.ear.untilTones([OPERATOR_HZ], [ANNOUNCED_HZ])
  await untilDeskHears(desk, CITIZEN_HZ)
  const { Uniqueid: callId = '' } = await events.until('QueueCallerJoin')
  await desk.keyboard.press('F12')
  await call.ended
  await until(async () => readFileSync(pbx.recording(`${callId}.wav`)).length > 44, 'the recording')
})
