/**
 * A key combination in the words of Electron's accelerators (`Ctrl+Shift+F9`): modifiers, then one key. Without a modifier
 * only a function or media key may be taken from all other programs: a letter would be missing from what is typed there.
 */
const modifier = '(?:Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta)'
const alone = '(?:F(?:[1-9]|1\\d|2[0-4])|Media(?:NextTrack|PreviousTrack|Stop|PlayPause))'
const key = `(?:${alone}|[0-9A-Z]|Plus|Space|Tab|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|Esc|num[0-9])`
const shape = new RegExp(`^(?:${alone}|(?:${modifier}\\+)+${key})$`, 'i')

export function isAccelerator(text: string): boolean {
  return shape.test(text)
}
