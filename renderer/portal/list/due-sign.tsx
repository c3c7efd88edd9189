import { StatusShape } from '../../ui/status-shape.tsx'
import { useMinute } from '../use-minute.ts'
import { useDueSign, type Due } from './due-words.ts'
import css from './due-sign.module.css'

/** By when, how near that is (by shape and words too), and the rule that says so. */
export function DueSign({ deadline }: { readonly deadline: Due }) {
  const now = useMinute()
  const { colour, shape, words, why } = useDueSign()(deadline, now)
  return (
    <span className={css.sign} data-colour={colour}>
      <StatusShape shape={shape} /> <b>{words}</b> <small>{why}</small>
    </span>
  )
}
