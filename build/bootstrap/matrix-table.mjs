/**
 * The table of the pbx part: a line for each test, by the exchange it ran on (the name of its describe block).
 * `report` is vitest's JSON report.
 */
export function matrixTable(report) {
  const rows = report.testResults
    .flatMap((file) => file.assertionResults)
    .map(({ title, ancestorTitles, duration, status }) => [
      title,
      ancestorTitles.at(-1) ?? '—',
      duration === undefined || duration === null ? '—' : String(Math.round(duration)),
      status === 'passed' ? '✓' : status === 'failed' ? '✗' : '–',
    ])
  const head = ['行 row', '总机 exchange', 'ms', '通过 pass']
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => cells(row[column]))))
  const lines = [head, ...rows].map((row) =>
    row
      .map((text, column) => (column === 2 ? space(text, widths[2]) + text : text + space(text, widths[column])))
      .join('  '),
  )
  return `${lines.map((text) => text.trimEnd()).join('\n')}\n`
}

function space(text, width) {
  return ' '.repeat(width - cells(text))
}

/** How many cells of a terminal a text takes: Chinese characters take two. */
function cells(text) {
  return [...text].reduce((sum, char) => sum + (/[\u2e80-\u9fff\uff00-\uffef]/.test(char) ? 2 : 1), 0)
}
