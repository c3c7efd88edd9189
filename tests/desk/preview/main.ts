/** The desk in a plain browser on an invented world; scenes are played from outside by `window.world`. */
import { exampleWorld } from './world.ts'

const world = exampleWorld()
const asked = new URLSearchParams(location.search)
if (asked.get('signedIn') !== '0') {
  world.session = { operator: { staffNo: '1003', name: '林晓', role: 'operator' }, deskCode: 'A1' }
  world.register()
}
world.info = {
  ...world.info,
  runtime: asked.get('runtime') === 'test' ? 'test' : 'official',
  language: asked.get('lang') === 'en' ? 'en' : 'zh',
}
Object.assign(window, { sanxin: world, world })
await import('../../../renderer/desk/main.tsx')
