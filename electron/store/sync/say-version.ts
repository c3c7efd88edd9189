/** The wire with this program's version on it, which central's administrator reads of each desk (User-Agent, RFC 9110 §10.1.5). */
export function sayVersion(version: string, send: typeof fetch = fetch): typeof fetch {
  return (input, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('user-agent', `Sanxin/${version}`)
    return send(input, { ...init, headers })
  }
}
