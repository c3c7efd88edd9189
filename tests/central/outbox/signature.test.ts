import { expect, test } from 'vitest'
import { isSecret, newSecret, sign, signedHeaders, TOLERANCE_S, verifiedId } from '../../../central/outbox/signature.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const signed = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' }

test('W3.1 signs as the example of the standard', () => {
  expect(sign(secret, signed)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('W3.2 takes what was signed, and nothing that was changed, late, or of another secret', () => {
  const headers = signedHeaders(secret, signed)
  const { body, timestamp } = signed
  expect(verifiedId(secret, headers, body, timestamp + TOLERANCE_S)).toBe(signed.id)
  const two = { ...headers, 'webhook-signature': `v1,AAAA ${headers['webhook-signature']}` }
  expect(verifiedId(secret, two, body, timestamp)).toBe(signed.id)
  expect(verifiedId(secret, headers, `${body} `, timestamp)).toBeNull()
  expect(verifiedId(newSecret(), headers, body, timestamp)).toBeNull()
  const strange = { ...headers, 'webhook-signature': `${headers['webhook-signature']?.slice(0, -1)}é` }
  expect(verifiedId(secret, strange, body, timestamp)).toBeNull()
  for (const late of [TOLERANCE_S + 1, -TOLERANCE_S - 1])
    expect(verifiedId(secret, headers, body, timestamp + late)).toBeNull()
  for (const name of Object.keys(headers)) {
    expect(verifiedId(secret, { ...headers, [name]: undefined }, body, timestamp), name).toBeNull()
    expect(verifiedId(secret, { ...headers, [name]: 'x' }, body, timestamp), name).toBeNull()
  }
})

test('W3.3 a secret has its prefix and enough bytes', () => {
  expect(isSecret(newSecret())).toBe(true)
  for (const wrong of ['', 'whsec_', 'whsec_AAAA', secret.slice('whsec_'.length)]) expect(isSecret(wrong)).toBe(false)
})
