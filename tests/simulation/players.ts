/** Shares tasks out among processes: whichever is free takes the next. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Outcome, Said, Task } from './task.ts'

type Tasks = {
  /** The next task; undefined when there is none. */
  next(): Task | undefined
  step(task: Task, step: string): void
  done(task: Task, outcome: Outcome): void
}

/** Plays all tasks in so many processes, each over the central of this file; rejects when one of them dies of its task. */
export async function playShared(jobs: number, central: string, tasks: Tasks): Promise<void> {
  await Promise.all(Array.from({ length: jobs }, () => playElsewhere(central, tasks)))
}

function playElsewhere(central: string, { next, step, done }: Tasks): Promise<void> {
  let task = next()
  if (task === undefined) return Promise.resolve()
  const hook = join(import.meta.dirname, '../support/sql-text.ts')
  // Node says of what takes the types out of a source (planted-sources.ts) that it is experimental.
  const player = fork(join(import.meta.dirname, 'player.ts'), [central], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', hook],
  })
  player.send(task)
  return new Promise((resolve, reject) => {
    player.on('message', (said: Said) => {
      if (task === undefined) return
      if ('step' in said) return step(task, said.step)
      done(task, said.outcome)
      task = next()
      if (task === undefined) player.disconnect()
      else player.send(task)
    })
    player.once('exit', () => {
      if (task === undefined) resolve()
      else reject(new Error(`this was not played: ${JSON.stringify(task)}`))
    })
  })
}
