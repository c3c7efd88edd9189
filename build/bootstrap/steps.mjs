// Progress on stderr, so that stdout stays with what the program itself has to say.
// On a terminal one line is updated in place; in a log a step has a line when it begins, one when it ends,
// and one every ten seconds in between. A step that finds everything in place has a single line.

const LOG_EVERY_MS = 10_000
const DRAW_EVERY_MS = 100

/** A progress that says nothing: for callers that print on their own. */
export const silent = { doing() {}, line() {}, percent() {}, note() {} }

/** Makes the printer for `total` steps; its `step(name, work)` numbers them in the order of the calls. */
export function createSteps(total, out = process.stderr) {
  let current = 0
  return {
    async step(name, work) {
      current += 1
      const line = createLine(`[${current}/${total}]`, name, out)
      try {
        const result = await work(line.progress)
        line.end(true)
        return result
      } catch (error) {
        line.end(false)
        throw error
      }
    },
  }
}

function createLine(number, name, out) {
  const tty = Boolean(out.isTTY)
  const began = Date.now()
  let action = ''
  let last = ''
  let fraction
  let drawn = 0
  let timer
  const notes = []

  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`
  const state = () => [fraction === undefined ? '' : `${Math.floor(fraction * 100)}%`, last].filter(Boolean).join(' ')
  const draw = () => {
    if (!tty || !action || Date.now() - drawn < DRAW_EVERY_MS) return
    drawn = Date.now()
    out.write(`\r\x1b[K${fit(`${number} ${action} … ${seconds()} ${state()}`, out.columns ?? 80)}`)
  }
  const progress = {
    /** Says that there is something to do after all: 'install npm packages'. */
    doing(text) {
      const changed = action !== text
      action = text
      last = ''
      fraction = undefined
      if (tty) draw()
      else if (changed) out.write(`${number} ${action} …\n`)
      timer ??= setInterval(
        tty ? draw : () => out.write(`${number} ${action} … ${seconds()} ${state()}\n`),
        tty ? 250 : LOG_EVERY_MS,
      )
      timer.unref()
    },
    /** The last line that the tool at work has printed. */
    line(text) {
      // Tools colour and move the cursor; only their plain words belong into our line.
      // oxlint-disable-next-line no-control-regex
      last = text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').trim()
      draw()
    },
    /** How far the work is, from 0 to 1. */
    percent(value) {
      fraction = Math.min(1, Math.max(0, value))
      draw()
    },
    /** A line to be read after the step: what the person should know although nothing failed. */
    note(text) {
      notes.push(text)
    },
  }
  return {
    progress,
    end(ok) {
      clearInterval(timer)
      if (tty && action) out.write('\r\x1b[K')
      if (!ok) out.write(`${number} ${action || name} 失败 (failed) ${seconds()}\n`)
      else if (action) out.write(`${number} ${action} … ${seconds()}\n`)
      else out.write(`${number} ${name} 已就绪\n`)
      for (const note of notes) out.write(`      ${note}\n`)
    },
  }
}

/** Cuts a line to the width of the terminal, counting Chinese as two cells; a wrapped line could not be redrawn. */
function fit(text, columns) {
  let width = 0
  let result = ''
  for (const char of text) {
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(char)
      ? 2
      : 1
    if (width >= columns) break
    result += char
  }
  return result
}
