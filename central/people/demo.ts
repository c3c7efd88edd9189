/** The people of the demo, known by their places only; launcher and practice exchange use the same list. */
import type { Line } from '../../shared/sync/protocol.ts'

export type DemoPerson = {
  readonly staffNo: string
  readonly name: string
  readonly role: 'operator' | 'monitor'
  readonly password: string
  readonly line: Line
}

export const DEMO_PASSWORD = 'sanxin-demo'
/** What the demo's monitor enters in an authenticator; as well known as the password. */
export const DEMO_TOTP_SECRET = 'SANXINDEMOSANXINDEMOSANXINDEMO23'
/** The key that it is sealed under at rest; a centre makes its own. */
export const DEMO_SECRET_KEYS = 'practice:cHJhY3RpY2U6IGtub3duIHRvIGFsbCBvZiBpdC4uLi4='
export const DEMO_DOMAIN = 'sanxin.practice'
/** The demo's enrolment code; any desk may use it, again and again. */
export const DEMO_ENROLMENT = 'SANXN-DESK2'

/** The credential by which the demo's exchange tells of its calls; as well known as all of the demo. */
export const DEMO_EXCHANGE = '0199aa00-0000-7000-8000-000000000001.practice-exchange-of-the-demo-known-to-all_'

function person(staffNo: string, role: DemoPerson['role']): DemoPerson {
  const line = { extension: staffNo, password: `practice-${staffNo}`, domain: DEMO_DOMAIN }
  return { staffNo, name: `${role === 'monitor' ? '班长' : '坐席'} ${staffNo}`, role, password: DEMO_PASSWORD, line }
}

export type DemoUnitMember = {
  readonly staffNo: string
  readonly name: string
  readonly role: 'unitMember'
  readonly unit: string
  readonly password: string
}

/** Two of the city's management bureau (U-CG of central/seed/directory.csv), for the page of the member units. */
export const demoUnitMembers: readonly DemoUnitMember[] = ['8001', '8002'].map((staffNo) => ({
  ...{ staffNo, name: `市城管局经办 ${staffNo}`, role: 'unitMember', unit: 'U-CG', password: DEMO_PASSWORD },
}))

/** Operators 1001 to 1009 and the shift monitor 1010. */
export const demoPeople: readonly DemoPerson[] = [
  ...Array.from({ length: 9 }, (_, index) => person(String(1001 + index), 'operator')),
  person('1010', 'monitor'),
]
