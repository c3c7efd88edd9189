import type { Mutation } from './protocol.ts'

/** What a mutation is, in one word: a command's or a note's type, or a fact's kind. */
export function mutationKind({ body }: Pick<Mutation, 'body'>): string {
  if (body.kind === 'case') return body.command.type
  return body.kind === 'call' ? body.fact.kind : body.note.type
}
