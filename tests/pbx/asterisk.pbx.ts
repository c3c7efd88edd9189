import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { connectAmi } from '../../build/pbx/ami.ts'
import { startPbx } from '../../build/pbx/pbx.ts'

/** A temp folder of this test's own, so that what others start beside it is not counted. */
function ownFolder(): () => string[] {
  const own = mkdtempSync(join(tmpdir(), 'sanxin-own-'))
  vi.stubEnv('TMPDIR', own)
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(own, { recursive: true })
  })
  return () => readdirSync(own)
}

describe('asterisk', () => {
  test('boots, speaks SIP over WebSocket, answers commands, and leaves nothing behind', async () => {
    const folders = ownFolder()
    const pbx = await startPbx({ members: ['1001'] })
    expect(folders()).toHaveLength(1)
    expect(await pbx.cli('core show version')).toContain('Asterisk 22.')
    expect(await pbx.cli('pjsip show endpoints')).toContain('1001')
    expect(await pbx.contacts('1001')).toEqual([])
    await expect(pbx.cli('no such words')).rejects.toThrow('No such command')
    const socket = new WebSocket(pbx.wsUrl, 'sip')
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    socket.terminate()
    const member = (await pbx.ami.list('QueueStatus', { Queue: '12345' })).find(({ Event }) => Event === 'QueueMember')
    // Not registered: a telephone that is not there, and no call is offered to it.
    expect(member).toMatchObject({ Name: 'PJSIP/1001', Status: '5' })
    await pbx.stop()
    expect(existsSync(`/proc/${pbx.pid}`)).toBe(false)
    expect(folders()).toEqual([])
  })

  test('several run at once, each with its own passwords, and events come to the one they belong to', async () => {
    const [first, second] = await Promise.all([startPbx(), startPbx()])
    onTestFinished(() => Promise.all([first.stop(), second.stop()]).then(() => undefined))
    expect(first.passwordOf('1001')).not.toBe(second.passwordOf('1001'))
    const [here, there] = [first.ami.listen(), second.ami.listen()]
    await first.ami.act('QueueAdd', { Queue: '12345', Interface: 'PJSIP/1002' })
    await here.until('QueueMemberAdded', { Interface: 'PJSIP/1002' })
    await second.ami.act('QueueAdd', { Queue: '12345', Interface: 'PJSIP/1003' })
    await there.until('QueueMemberAdded', { Interface: /1003$/ })
    expect(there.all('QueueMemberAdded').map(({ Interface }) => Interface)).toEqual(['PJSIP/1003'])
  })

  test('a port that somebody else has is named, and nothing is left behind', async () => {
    const folders = ownFolder()
    const server = createServer().listen(0, '127.0.0.1')
    const socket = createSocket('udp4').bind(0, '127.0.0.1')
    await Promise.all([once(server, 'listening'), once(socket, 'listening')])
    onTestFinished(() => {
      server.close()
      socket.close()
    })
    const { port } = server.address() as AddressInfo
    await expect(startPbx({ ports: { ws: port } })).rejects.toThrow(`http server to 127.0.0.1:${port}`)
    await expect(startPbx({ ports: { ami: port } })).rejects.toThrow(`AMI server to 127.0.0.1:${port}`)
    await expect(startPbx({ ports: { sip: socket.address().port } })).rejects.toThrow('transport-udp')
    expect(folders()).toEqual([])
  })

  test('a wrong manager password is refused, and a wait ends when Asterisk dies', async () => {
    const pbx = await startPbx()
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(await pbx.cli('manager show settings'))?.[1])
    await expect(connectAmi(port, 'sanxin', 'wrong')).rejects.toThrow('Authentication failed')
    const wait = pbx.ami.listen().until('Never')
    process.kill(pbx.pid, 'SIGKILL')
    await expect(wait).rejects.toThrow('before «Never»')
    await expect(pbx.stop()).rejects.toThrow('SIGKILL')
  })
})
