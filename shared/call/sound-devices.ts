import { z } from 'zod'

/** What a device is chosen for: speaking, hearing whom one speaks with, and the ring. */
export const soundRoles = ['microphone', 'speaker', 'ring'] as const
export type SoundRole = (typeof soundRoles)[number]

const name = z.string().min(1).max(300)
const chosen = name.nullable()

/** The devices of this machine by name, and which are chosen; null is the one that the system takes. */
export const soundDevicesSchema = z.object({
  microphones: z.array(name),
  speakers: z.array(name),
  chosen: z.object({ microphone: chosen, speaker: chosen, ring: chosen }),
  /** Chosen, or used in a call, and not there now: the system's stands in until they are back. */
  missing: z.array(z.enum(soundRoles)),
  /** The system's microphone that was pulled in a call, where none is chosen. */
  pulled: name.nullable(),
})
export type SoundDevices = z.infer<typeof soundDevicesSchema>

export const chooseDeviceSchema = z.object({ role: z.enum(soundRoles), name: chosen })
