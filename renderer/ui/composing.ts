/** Whether a key belongs to the input method: it must never act as a shortcut. */
export function isComposing(event: { readonly isComposing: boolean; readonly keyCode: number }): boolean {
  // 229 is what Chromium reports for the key that ends a composition, when isComposing is already false.
  return event.isComposing || event.keyCode === 229
}
