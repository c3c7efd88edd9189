/** What of Electron's powerMonitor tells that the machine goes to sleep or wakes. */
type Power = { on(event: 'suspend' | 'resume', listener: () => void): unknown }

/**
 * A machine that slept has lost its connections without a word, and may be in another network: `check` looks at once.
 * Before it sleeps as well, so that a link that is gone already is not taken for one that stands.
 */
export function watchPower(power: Power, check: () => void): void {
  power.on('suspend', check)
  power.on('resume', check)
}
