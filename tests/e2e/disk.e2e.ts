/** A disk that is full or a file that is broken: said in words, nothing lost, and the call goes on. */
import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { readCentral, until } from '../../build/stack/central-reader.ts'
import { phoneSnapshot, phoneStats } from '../../build/stack/drive.ts'
import { fillForm, save, writeReply } from '../../build/stack/hands.ts'
import { demoOperator, startStack, type Stack } from '../../build/stack/stack.ts'
import { draftSaved, factsAtCentral, freshFolder, NUMBER, openApp, readyDesk, statusSays, talk } from './fixture.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.stop())

const DISK_BYTES = 64 * 1024 * 1024

/** A small disk of its own, so that it can be filled; null where this user may not mount one. */
function smallDisk(): string | null {
  const folder = freshFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]))
  return folder
}

/** Writes until not a byte more goes on the disk; answers how to free it again. */
function fill(folder: string): () => void {
  const file = join(folder, 'filler')
  const handle = openSync(file, 'w')
  for (let size = 1024 * 1024; size >= 1; size = size >> 1) {
    const block = Buffer.alloc(size)
    try {
      while (writeSync(handle, block) === size);
    } catch {
      // No room for a block of this size: the next are smaller.
    }
  }
  closeSync(handle)
  return () => rmSync(file)
}

test('the disk is full in mid-call: nothing is called saved, the call goes on, and once there is room all is saved', async (context) => {
  const dataDir = smallDisk()
  if (dataDir === null) return context.skip('this user may not mount a small disk to fill')
  // The first start fetches the knowledge, after which the store's log has room for many words on a disk that is
  // full; the second begins with a log that holds no more than what it wrote.
  const first = await openApp({ stack, dataDir })
  await (await readyDesk(first)).getByTestId('sync-sign').filter({ hasText: '已同步' }).waitFor()
  await first.close()
  const app = await openApp({ stack, dataDir })
  const desk = await readyDesk(app)
  const citizen = await talk(stack, desk)
  const callId = (await phoneSnapshot(desk)).call?.caller.callId ?? ''
  await fillForm(desk, '磁盘满之前的内容')
  await draftSaved(desk)

  const free = fill(dataDir)
  await desk.getByLabel('内容', { exact: true }).focus()
  await desk.keyboard.press('End')
  await desk.keyboard.insertText('，磁盘满之后的内容')
  await desk.getByTestId('draft-state').filter({ hasText: '草稿待存' }).waitFor()
  await writeReply(desk, '已当场答复')
  await desk.keyboard.press('Control+Enter')
  await desk.getByRole('alert').filter({ hasText: '磁盘已满' }).waitFor()
  expect(await desk.getByTestId('case-no').count()).toBe(0)
  const before = (await phoneStats(desk)).packetsReceived
  await until(async () => (await phoneStats(desk)).packetsReceived > before, 'the citizen is heard all the while')
  expect((await phoneSnapshot(desk)).call?.phase).toBe('talking')
  await desk.keyboard.press('F12')
  await citizen.said('ended')
  await statusSays(desk, '整理')

  // Closed now, the words and the end of the call would be lost: that is said first.
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows())
      if (window.webContents.getURL().startsWith('app://desk/')) window.close()
  })
  await desk.getByTestId('notices').filter({ hasText: '现在关闭会丢失' }).waitFor()

  free()
  await draftSaved(desk)
  const caseNo = await save(desk)
  const reader = await readCentral(stack.central.url, '1001', demoOperator.password)
  const found = await until(
    async () => (await reader.casesOf(NUMBER)).find((one) => one.caseNo === caseNo),
    'the case in central',
  )
  expect((await reader.record(found.caseId)).groups.content.text).toBe('磁盘满之前的内容，磁盘满之后的内容')
  await until(async () => factsAtCentral(dataDir, callId).outcome === 'completed', 'the end of the call in central')
  await desk.getByText('现在关闭会丢失').waitFor({ state: 'detached' })
})

/** Spoils every page, and the log beside it where the store did not come to fold it in: a whole one hides the pages. */
function breakFile(file: string): void {
  for (const side of ['', '-wal']) {
    if (!existsSync(file + side)) continue
    const { size } = statSync(file + side)
    const handle = openSync(file + side, 'r+')
    writeSync(handle, Buffer.alloc(Math.max(0, size - 100), 'x'), 0, Math.max(0, size - 100), 100)
    closeSync(handle)
  }
}

test('the database file is broken at the start: it is put aside and said so, and the next call is saved', async () => {
  const dataDir = freshFolder()
  const first = await openApp({ stack, dataDir })
  await readyDesk(first)
  await first.close()
  breakFile(join(dataDir, 'store.sqlite'))

  const app = await openApp({ stack, dataDir })
  const desk = await readyDesk(app)
  await desk.getByTestId('notices').filter({ hasText: '数据库已损坏：原文件已留存' }).waitFor()
  expect(readdirSync(dataDir).some((name) => name.startsWith('store.sqlite.broken-'))).toBe(true)
  const citizen = await talk(stack, desk)
  await fillForm(desk, '数据库重建之后的内容')
  await writeReply(desk, '已当场答复')
  expect(await save(desk)).toMatch(/^JM/)
  await desk.keyboard.press('F12')
  await citizen.said('ended')
})
