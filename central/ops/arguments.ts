/** The database from the environment and the file from the command line; ends with 2 and words where one is missing. */
export function readArguments(command: 'backup' | 'restore'): { databaseUrl: string; file: string } {
  const databaseUrl = process.env['SANXIN_CENTRAL_DATABASE_URL'] ?? ''
  const file = process.argv[2] ?? ''
  if (databaseUrl !== '' && file !== '') return { databaseUrl, file }
  process.stderr.write(
    `用法 usage: SANXIN_CENTRAL_DATABASE_URL=postgres://… node central/ops/${command}.ts FILE\n` +
      `${databaseUrl === '' ? '缺少 SANXIN_CENTRAL_DATABASE_URL · is not set' : '缺少文件名 · no file was named'}\n`,
  )
  process.exit(2)
}
