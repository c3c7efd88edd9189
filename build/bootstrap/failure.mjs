// A failure that the person at the keyboard can do something about; everything else is a bug and keeps its stack.

/** Stops the bootstrap with words in Chinese and English that say what to do. */
export class Failure extends Error {
  constructor(zh, en, detail = '') {
    super(`${zh}\n${en}`)
    this.name = 'Failure'
    this.zh = zh
    this.en = en
    this.detail = detail
  }
}

/** Prints a failure (or a bug, with its stack) to stderr and returns the exit code. */
export function report(error) {
  if (error instanceof Failure) {
    if (error.detail) process.stderr.write(`${error.detail.trimEnd()}\n`)
    process.stderr.write(`\n✗ ${error.zh}\n  ${error.en}\n`)
  } else {
    process.stderr.write(
      `\n✗ 意外错误，请把下面的内容报告给开发者。\n  Unexpected error, please report what follows.\n${error?.stack ?? error}\n`,
    )
  }
  return 1
}
