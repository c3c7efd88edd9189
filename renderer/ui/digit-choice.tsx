import { DigitBox } from './digit-box.tsx'

type Option = { readonly key: string; readonly words: string; readonly choose: () => void }

type Props = {
  readonly title: string
  readonly hint: string
  readonly testId: string
  /** Chosen by the digits from 1 on. */
  readonly options: readonly Option[]
  /** Closes it; also after an option's own act. */
  readonly close: () => void
}

/** A small choice by digits. */
export function DigitChoice({ title, hint, testId, options, close }: Props) {
  const take = (option: Option) => {
    option.choose()
    close()
  }
  const onKey = (key: string) => {
    const option = options[Number(key) - 1]
    if (option !== undefined) take(option)
    return option !== undefined
  }
  return (
    <DigitBox title={title} testId={testId} onKey={onKey} onLeave={close}>
      {options.map((option, index) => (
        <button type="button" key={option.key} onClick={() => take(option)}>
          {option.words} <kbd aria-hidden>{index + 1}</kbd>
        </button>
      ))}
      <small>{hint}</small>
    </DigitBox>
  )
}
