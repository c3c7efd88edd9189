/** Ends with clear words on a Node that the bootstrap cannot run on. (Kept in old syntax: it must parse there.) */
export function requireNode(major) {
  if (parseInt(process.versions.node, 10) >= major) return
  process.stderr.write(
    '✗ 需要 Node.js ' +
      major +
      ' 或更新版本，当前为 ' +
      process.version +
      '。请从 nodejs.org 安装后再试。\n' +
      '  Node.js ' +
      major +
      ' or newer is needed, this is ' +
      process.version +
      '. Install it from nodejs.org and try again.\n',
  )
  process.exit(1)
}
