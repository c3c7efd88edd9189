import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { qualityOf, useSound } from './sound-store.ts'
import { barWords, qualityRows } from './sound-words.ts'
import css from './sound.module.css'

/** Bars that stand for the score: as many are filled as it is good. */
function Bars({ filled }: { readonly filled: number }) {
  return (
    <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden data-bars={filled}>
      {[1, 2, 3].map((bar) => (
        <rect
          key={bar}
          x={bar * 5 - 4.5}
          y={12.5 - bar * 4}
          width="3"
          height={bar * 4 - 1}
          fill={bar <= filled ? 'currentColor' : 'none'}
          stroke="currentColor"
        />
      ))}
    </svg>
  )
}

/** How the call sounds, in three bars and a word; the numbers on a click. */
export function QualitySign({ callId }: { readonly callId: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const quality = useSound((state) => qualityOf(state, callId))
  if (quality === null) return null
  const { bars, trouble } = quality
  const words = trouble ? t(`sound.trouble.${trouble}`) : t(`sound.bars.${bars === null ? 'none' : barWords[bars]}`)
  return (
    <div className={css.quality} data-testid="quality">
      <button
        type="button"
        aria-expanded={open}
        aria-label={`${t('sound.quality')}：${words}`}
        title={words}
        data-tone={trouble ? 'bad' : bars === 1 ? 'warn' : undefined}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => setOpen(!open)}
      >
        <Bars filled={trouble ? 0 : (bars ?? 0)} />
        <span className={css.heard}>{words}</span>
      </button>
      {open && (
        <dl>
          {qualityRows(quality, t).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}
