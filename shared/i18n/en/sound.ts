/** Words of devices and of how a call sounds. */
export const soundWords = {
  sound: {
    title: 'Sound',
    panel: 'Sound devices',
    roles: { microphone: 'Microphone', speaker: 'Speaker for calls', ring: 'Speaker for the ring' },
    system: 'As the system',
    gone: '{{name}} (not plugged in)',
    level: 'Level of the microphone',
    testRing: 'Test the ring',
    missing: {
      microphone: '{{name}} is not plugged in; that of the system stands in',
      speaker: '{{name}} is not plugged in; calls sound from that of the system',
      ring: '{{name}} is not plugged in; the ring sounds from that of the system',
    },
    away: { microphone: 'Microphone unplugged', speaker: 'Speaker unplugged', ring: 'Ring speaker unplugged' },
    trouble: {
      nothingHeard: 'Nothing heard of the citizen',
      notHeard: 'The citizen does not hear you',
      both: 'Neither hears the other',
    },
    quality: 'Quality of the call',
    bars: { good: 'Sounds good', fair: 'Sounds fair', poor: 'Sounds poor', none: 'Quality unknown' },
    mosIn: 'Score, as heard here',
    mosOut: 'Score, as the citizen hears',
    lossIn: 'Lost on the way here',
    lossOut: 'Lost on the way there',
    jitter: 'Jitter',
    roundTrip: 'Round trip',
  },
} as const
