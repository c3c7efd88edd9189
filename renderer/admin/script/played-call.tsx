import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { caseKinds } from '../../../shared/case/case-kind.ts'
import { playedCall, playedStages, PLAYED_NOW } from '../../../shared/script/played.ts'
import { findPrompt, type Said, type Speaking } from '../../../shared/script/prompt.ts'
import { tongues, type Moment, type ScriptBody, type Tongue } from '../../../shared/script/script.ts'
import { isComposing } from '../../ui/composing.ts'
import { PromptView } from '../../ui/prompt-view.tsx'
import { SelectField, TextField } from '../field.tsx'
import css from '../panel.module.css'
import { deskKeys } from './desk-keys.ts'
import { lookAtMoment, useScriptPlace } from './script-place.ts'
import scriptCss from './script.module.css'

/** What the played call is about; words of ours, until others are typed. */
type Matter = { readonly kind: string; readonly caller: string; readonly article: string; readonly caseNo: string }
/** How many warnings have been marked in a stage. */
const warnings: { readonly [M in Moment]?: number } = { abuse1: 1, abuse2: 2, abuse3: 3, abuseEnd: 3 }

/** A call that is played by keys, with the words as an operator sees them: the same engine, the same place on the desk. */
export function PlayedCall({ body }: { readonly body: ScriptBody }) {
  const { t, i18n } = useTranslation('admin')
  const { t: common } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const { moment } = useScriptPlace()
  const [said, setSaid] = useState<readonly Said[]>([])
  const [chosen, speakIn] = useState<Tongue | null>(null)
  const [matter, setMatter] = useState<Matter>({
    ...{ kind: '', caller: t('script.caller'), article: t('script.article'), caseNo: 'JM20261126-A1-0042' },
  })
  const spoken = chosen ?? language
  const go = (next: Moment) => {
    setSaid([])
    lookAtMoment(next)
  }
  const prompt = findPrompt(speakingOf(body, moment, said, matter, spoken, language))
  const n = prompt === null ? undefined : warnings[prompt.moment]
  const tick = () => {
    const sentence = prompt?.sentence
    if (sentence) setSaid([...said, sentence])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    const isIn = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const next =
      by === undefined ? undefined : playedStages.at((playedStages.indexOf(moment) + by) % playedStages.length)
    if (event.key === deskKeys.said) tick()
    else if (event.altKey && event.code === 'KeyL')
      speakIn(tongues[(tongues.indexOf(spoken) + 1) % tongues.length] ?? 'zh')
    else if (next !== undefined && !isIn && !event.altKey) go(next)
    else return
    event.preventDefault()
  }
  return (
    <>
      <p className={css.note}>{t('script.playNote')}</p>
      {/* The keys act within: it takes the focus like a control. */}
      <div className={scriptCss.played} role="group" aria-label={t('script.play')} tabIndex={0} onKeyDown={onKeyDown}>
        <div className={css.stack}>
          <Stages body={body} language={language} moment={moment} onChoose={go} />
          <MatterFields matter={matter} onChange={setMatter} />
        </div>
        <div className={scriptCss.column}>
          {prompt === null ? (
            <p className={css.note} role="status">
              {t('script.noWords')}
            </p>
          ) : (
            <PromptView
              prompt={prompt}
              spoken={spoken}
              language={language}
              talking={playedCall(moment).talkingSince !== null}
              instead={n === undefined ? [] : [common('care.withdraw', { n, key: deskKeys.withdrawWarning })]}
              next={prompt.moment === 'abuseEnd' ? common('care.hangUpNow', { key: deskKeys.hangUp }) : null}
              hint={null}
              keys={deskKeys}
              onSaid={tick}
              onSpeakIn={speakIn}
            />
          )}
        </div>
      </div>
    </>
  )
}

function speakingOf(
  body: ScriptBody,
  moment: Moment,
  said: readonly Said[],
  { kind, caller, article, caseNo }: Matter,
  tongue: Tongue,
  language: 'zh' | 'en',
): Speaking {
  return {
    ...{ script: { ...body, version: 0 }, live: playedCall(moment), said, tongue, language, now: PLAYED_NOW },
    ...{ kind: caseKinds.find((one) => one === kind) ?? null, filling: { caller, article, caseNo } },
  }
}

type StagesProps = {
  readonly body: ScriptBody
  readonly language: 'zh' | 'en'
  readonly moment: Moment
  readonly onChoose: (moment: Moment) => void
}

function Stages({ body, language, moment, onChoose }: StagesProps) {
  return (
    <div className={scriptCss.stages}>
      {playedStages.map((one) => (
        <button key={one} type="button" aria-pressed={one === moment} onClick={() => onChoose(one)}>
          {body.names[one][language]}
        </button>
      ))}
    </div>
  )
}

type MatterProps = { readonly matter: Matter; readonly onChange: (matter: Matter) => void }

/** What fills the gaps of the sentences; an empty field shows them without. */
function MatterFields({ matter, onChange }: MatterProps) {
  const { t } = useTranslation('admin')
  const { t: common } = useTranslation()
  return (
    <div className={css.fields}>
      <SelectField
        label={t('script.kind')}
        value={matter.kind}
        choices={[
          { value: '', words: t('script.noKind') },
          ...caseKinds.map((value) => ({ value, words: common(`form.kinds.${value}`) })),
        ]}
        onChange={(kind) => onChange({ ...matter, kind })}
      />
      {(['caller', 'article', 'caseNo'] as const).map((gap) => (
        <TextField
          key={gap}
          label={t(`script.gaps.${gap}`)}
          value={matter[gap]}
          maxLength={60}
          onChange={(text) => onChange({ ...matter, [gap]: text })}
        />
      ))}
    </div>
  )
}
