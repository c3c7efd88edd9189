/** The call that rings is answered by a key that is pressed outside of the app. */
import { expect, onTestFinished } from 'vitest'
import { phoneSnapshot, untilPhase, type DrivenApp } from '../../../build/stack/drive.ts'
import { CITIZEN_HZ, NUMBER } from '../fixture.ts'
import type { Scene } from '../shift.ts'
import { openXKeyboard } from './x-keyboard.ts'

const KEY = 'Ctrl+Shift+F9'

const isTaken = ({ electron }: DrivenApp) =>
  electron.evaluate(({ globalShortcut }, key) => globalShortcut.isRegistered(key), KEY)

/** The desk's window, of which the operator has turned away. */
const deskWindow = ({ electron }: DrivenApp, act: 'minimize' | 'isMinimized' | 'isVisible') =>
  electron.evaluate(({ BrowserWindow }, name) => {
    const desk = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().startsWith('app://desk/'))
    return Boolean(desk?.[name]())
  }, act)

export const answerKeyScenes: readonly Scene[] = [
  {
    name: 'G1 G2 a key from outside answers what rings and brings the desk forward; before and after it is everybody’s',
    // X servers alone let another program press a key; elsewhere the unit tests of the key speak for it.
    runs: process.platform === 'linux',
    async play(shift) {
      const keyboard = await openXKeyboard(process.env['DISPLAY'] ?? '')
      onTestFinished(() => keyboard.close())
      const { app, desk } = await shift.ownDesk({ settings: { globalAnswerKey: KEY } })
      expect(await isTaken(app)).toBe(false)
      await keyboard.chord('ctrl', 'shift', 'f9')
      await deskWindow(app, 'minimize')
      const citizen = shift.call({ scenario: 'bus-route', tone: CITIZEN_HZ, number: NUMBER })
      onTestFinished(() => citizen.stop().then(() => undefined))
      await untilPhase(desk, 'ringing')
      expect(await isTaken(app)).toBe(true)
      await keyboard.chord('ctrl', 'shift', 'f9')
      await untilPhase(desk, 'talking')
      expect(await isTaken(app)).toBe(false)
      expect([await deskWindow(app, 'isMinimized'), await deskWindow(app, 'isVisible')]).toEqual([false, true])
      expect((await phoneSnapshot(desk)).operator.status).toBe('talking')
    },
  },
]
