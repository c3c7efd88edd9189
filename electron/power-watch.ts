type Stoppable = { preventDefault(): void }
/** What of Electron's powerMonitor tells that the machine goes to sleep, wakes, or goes down. */
type Power = { on(event: 'suspend' | 'resume' | 'shutdown', listener: (event?: Stoppable) => void): unknown }

/**
 * A machine that slept has lost its connections without a word, and may be in another network: `check` looks at once.
 * Before it sleeps as well, so that a link that is gone already is not taken for one that stands. `ends` is told when
 * the machine goes down; its event makes the system wait for us (Linux and macOS; Windows tells it to the window).
 */
export function watchPower(power: Power, on: { check(): void; ends(event: Stoppable): void }): void {
  power.on('suspend', () => on.check())
  power.on('resume', () => on.check())
  power.on('shutdown', (event) => on.ends(event ?? { preventDefault: () => undefined }))
}
