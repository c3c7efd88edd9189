import { basename } from 'node:path'

/** The system's dialog, as no child of the desk: a call that comes meanwhile is rung, answered and written down as ever. */
export type SaveDialog = (options: {
  readonly defaultPath: string
  readonly filters: { readonly name: string; readonly extensions: string[] }[]
}) => Promise<{ readonly canceled: boolean; readonly filePath: string }>

const kinds = { xlsx: 'Excel', csv: 'CSV', pdf: 'PDF' } as const
export type FileKind = keyof typeof kinds

/** Where a file of this kind is to stand; `name` without its ending is the suggestion. Null where she changed her mind. */
export async function askWhere(ask: SaveDialog, name: string, as: FileKind): Promise<string | null> {
  const { canceled, filePath } = await ask({
    defaultPath: basename(`${name}.${as}`),
    filters: [{ name: kinds[as], extensions: [as] }],
  })
  return canceled || filePath === '' ? null : filePath
}
