export type Shape = 'disc' | 'hollow' | 'half' | 'square' | 'bars' | 'bell'

/** A state as a shape, for eyes that do not tell the colours apart. */
export function StatusShape({ shape }: { readonly shape: Shape }) {
  return (
    <svg width="11" height="11" viewBox="0 0 12 12" fill="currentColor" aria-hidden data-shape={shape}>
      {shape === 'disc' && <circle cx="6" cy="6" r="4.5" />}
      {shape === 'hollow' && <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" />}
      {shape === 'half' && (
        <>
          <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M6 1.5a4.5 4.5 0 0 1 0 9Z" />
        </>
      )}
      {shape === 'square' && <rect x="1.5" y="1.5" width="9" height="9" rx="1.5" />}
      {shape === 'bars' && <path d="M2.2 1.5h2.6v9H2.2ZM7.2 1.5h2.6v9H7.2Z" />}
      {shape === 'bell' && <path d="M6 .8 11.2 6 6 11.2.8 6Z" />}
    </svg>
  )
}
