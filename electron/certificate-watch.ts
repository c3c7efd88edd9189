import type { Session } from 'electron'

/**
 * Tells when it is the certificate of the phone's server for which Chromium refuses it. A socket that fails never says
 * why (RFC 6455 7.1.7; to Electron it is net::ERR_FAILED), so the same server is asked for a page by the same rules, one
 * question at a time: that one fails with net::ERR_CERT_…. Only told, never taken.
 */
export function watchCertificates(session: Session, tell: () => void): void {
  let asking = false
  session.webRequest.onErrorOccurred({ urls: ['wss://*/*'] }, ({ url }) => {
    if (asking) return
    asking = true
    session
      .fetch(url.replace(/^wss:/, 'https:'), { method: 'HEAD' })
      .catch((error: unknown) => {
        if (error instanceof Error && error.message.includes('net::ERR_CERT_')) tell()
      })
      .finally(() => (asking = false))
  })
}
