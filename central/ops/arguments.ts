type Command = 'backup' | 'restore' | 'promote'

/** The database from the environment, the file from the command line where one is asked for; ends with 2 and words where one is missing. */
export function readArguments(command: Command): { databaseUrl: string; file: string } {
  const databaseUrl = process.env['SANXIN_CENTRAL_DATABASE_URL'] ?? ''
  const file = process.argv[2] ?? ''
  const asksFile = command !== 'promote'
  if (databaseUrl !== '' && (file !== '' || !asksFile)) return { databaseUrl, file }
  process.stderr.write(
    `用法 usage: SANXIN_CENTRAL_DATABASE_URL=postgres://… node central/ops/${command}.ts${asksFile ? ' FILE' : ''}\n` +
      `${databaseUrl === '' ? '缺少 SANXIN_CENTRAL_DATABASE_URL · is not set' : '缺少文件名 · no file was named'}\n`,
  )
  process.exit(2)
}
