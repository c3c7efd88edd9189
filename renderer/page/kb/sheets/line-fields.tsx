import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LineSheet } from '../../../../shared/kb/sheet.ts'
import { CheckField } from '../../check-field.tsx'
import { Field } from '../fields.tsx'
import css from '../kb.module.css'
import { CellGrid } from './cell-grid.tsx'
import type { SheetProps } from './sheet-props.ts'

type Service = LineSheet['there']

/** A bus line: what it is called and costs, when its buses leave, and where they stop. */
export function LineFields({ sheet, flaws, onChange }: SheetProps<LineSheet>) {
  const { t } = useTranslation('articles')
  const { name, fare, interval, minutes, there, back, stops, backStops } = sheet
  const change = (part: Partial<LineSheet>) => onChange({ ...sheet, ...part })
  const turnBack = (on: boolean) => {
    const { backStops: _, ...rest } = sheet
    onChange(on ? { ...sheet, back: { ...there } } : { ...rest, back: null })
  }
  const otherStops = (on: boolean) => {
    const { backStops: _, ...rest } = sheet
    onChange(on ? { ...sheet, backStops: stops.toReversed() } : rest)
  }
  const listOf = (key: 'stops' | 'backStops', list: readonly string[]) => (
    <Stops
      label={t(`sheets.field.${key}`)}
      stops={list}
      isWrong={(row) => flaws.some(({ path }) => path[0] === key && path[1] === row)}
      onChange={(next) => change({ [key]: next })}
    />
  )
  return (
    <>
      <div className={css.fields}>
        <Field label={t('sheets.field.name')} value={name} maxLength={20} onChange={(next) => change({ name: next })} />
        <Field label={t('sheets.field.fare')} value={fare} maxLength={40} onChange={(next) => change({ fare: next })} />
        <Field
          label={t('sheets.field.interval')}
          value={interval}
          maxLength={40}
          onChange={(next) => change({ interval: next })}
        />
        <Field
          label={t('sheets.field.minutes')}
          value={minutes === 0 ? '' : String(minutes)}
          maxLength={3}
          onChange={(next) => change({ minutes: Number(next.replaceAll(/\D/g, '')) })}
        />
        <ServiceFields of="there" service={there} onChange={(next) => change({ there: next })} />
        {back !== null && <ServiceFields of="back" service={back} onChange={(next) => change({ back: next })} />}
      </div>
      <div className={css.row}>
        <CheckField label={t('sheets.bothWays')} checked={back !== null} onChange={turnBack} />
        {back !== null && (
          <CheckField label={t('sheets.otherStops')} checked={backStops !== undefined} onChange={otherStops} />
        )}
      </div>
      {listOf('stops', stops)}
      {backStops !== undefined && listOf('backStops', backStops)}
    </>
  )
}

type ServiceProps = {
  readonly of: 'there' | 'back'
  readonly service: Service
  readonly onChange: (service: Service) => void
}

function ServiceFields({ of, service, onChange }: ServiceProps) {
  const { t } = useTranslation('articles')
  return (['First', 'Last'] as const).map((which) => {
    const key = which === 'First' ? 'first' : 'last'
    return (
      <Field
        key={key}
        label={t(`sheets.field.${of}${which}`)}
        value={service[key]}
        maxLength={5}
        hint="6:30"
        onChange={(time) => onChange({ ...service, [key]: time.replace('：', ':') })}
      />
    )
  })
}

type StopsProps = {
  readonly label: string
  readonly stops: readonly string[]
  readonly isWrong: (row: number) => boolean
  readonly onChange: (stops: string[]) => void
}

/** Stops in their order, one a row. */
function Stops({ label, stops, isWrong, onChange }: StopsProps) {
  const { t } = useTranslation('articles')
  return (
    <>
      <h5>{label}</h5>
      <CellGrid
        label={label}
        columns={[label]}
        rows={stops.map((stop) => [stop])}
        maxLength={24}
        isWrong={isWrong}
        onChange={(rows) => onChange(rows.map(([stop = '']) => stop))}
      />
      <div className={css.row}>
        <Button onClick={() => onChange([...stops, ''])}>{t('sheets.addStop')}</Button>
      </div>
    </>
  )
}
