import { expect, test } from 'vitest'
import { createHearing } from '../../build/pbx/hearing.ts'

test('an event is found that came before the question, one that comes after it, and only with its words', async () => {
  const { hearing, tell } = createHearing()
  tell({ Event: 'Join', Name: 'a' })
  expect(await hearing.until('Join', { Name: 'a' })).toEqual({ Event: 'Join', Name: 'a' })
  const later = hearing.until('Join', { Name: /^b/, Queue: '1' })
  tell({ Event: 'Join', Name: 'bb' })
  tell({ Event: 'Leave', Name: 'bb', Queue: '1' })
  tell({ Event: 'Join', Name: 'bc', Queue: '1' })
  expect(await later).toMatchObject({ Name: 'bc' })
  expect(hearing.all('Join')).toHaveLength(3)
})

test('a wait that cannot come true any more ends, and says what was heard', async () => {
  const { hearing, tell, end } = createHearing()
  tell({ Event: 'Join' })
  const wait = hearing.until('Leave', { Name: 'a' })
  end(new Error('gone'))
  await expect(wait).rejects.toThrow('gone before «Leave» Name=a; heard Join')
  await expect(hearing.until('Leave')).rejects.toThrow('gone')
})

test('the stream gives every event once, in order, and ends with the connection', async () => {
  const { hearing, tell, end } = createHearing()
  tell({ Event: 'a' })
  const heard: string[] = []
  const reading = (async () => {
    for await (const { Event } of hearing) heard.push(Event ?? '')
  })()
  tell({ Event: 'b' })
  await hearing.until('b')
  tell({ Event: 'c' })
  end(new Error('over'))
  await reading
  expect(heard).toEqual(['a', 'b', 'c'])
})
