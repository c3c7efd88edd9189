import type { ComboboxItem, OptionsFilter } from '@mantine/core'
import { SearchSelect } from '../../ui/search-select.tsx'
import { matchUnits, useUnits } from './units-store.ts'

type Props = {
  readonly id?: string
  readonly className?: string | undefined
  readonly label: string
  readonly value: string | null
  readonly invalid?: boolean
  readonly disabled?: boolean
  readonly onChange: (unit: string | null) => void
}

const MOST = 30

/** A unit by words of its name, or the first letters of its pinyin. */
export function UnitSelect({ label, invalid = false, ...props }: Props) {
  const { units } = useUnits()
  const filter: OptionsFilter = ({ options, search }) => {
    const items = options as ComboboxItem[]
    // The name of the chosen one stands in the field without having been typed: all are offered then.
    const typed = items.some((item) => item.value === props.value && item.label === search) ? '' : search
    const byId = new Map(items.map((item) => [item.value, item]))
    return matchUnits(units, typed)
      .slice(0, MOST)
      .flatMap(({ id }) => byId.get(id) ?? [])
  }
  const known = units.map(({ id, name }) => ({ value: id, label: name }))
  // Two units may have one name, which Mantine tells apart by value; one that is not known here shows its id.
  const data =
    props.value === null || units.some(({ id }) => id === props.value)
      ? known
      : [...known, { value: props.value, label: props.value }]
  return (
    <SearchSelect
      {...props}
      aria-label={label}
      placeholder={label}
      clearable
      error={invalid}
      data={data}
      filter={filter}
    />
  )
}
