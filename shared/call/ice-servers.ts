import { z } from 'zod'

/** More than these are a mistake of writing, and each is waited for. */
const SERVERS_MAX = 4

/** `stun:HOST[:PORT]` (RFC 7064), or `turn:HOST[:PORT][?transport=udp|tcp] USER PASSWORD` (RFC 7065; turns likewise). */
const text = /^(stuns?:[\w.[\]:-]+|turns?:[\w.[\]:-]+(\?transport=(udp|tcp))? \S+ \S+)$/

/** Servers that tell the phone how it is seen from outside, or pass its sound on, as the settings write them. */
export const iceServerTexts = z
  .array(
    z.string().regex(text, {
      error: 'stun:主机[:端口] 或 turn:主机[:端口] 用户 密码 · stun:HOST[:PORT] or turn:HOST[:PORT] USER PASSWORD',
    }),
  )
  .max(SERVERS_MAX)

/** A server as a peer connection takes it (WebRTC 4.2.4). */
export const iceServerSchema = z.union([
  z.object({ urls: z.string() }),
  z.object({ urls: z.string(), username: z.string(), credential: z.string() }),
])
export type IceServer = z.infer<typeof iceServerSchema>

/** Reads one of the settings' words. */
export function readIceServer(words: string): IceServer {
  const [urls = '', username, credential] = words.split(' ')
  return username === undefined || credential === undefined ? { urls } : { urls, username, credential }
}
