import type { adminWords as zh } from '../zh/admin.ts'
import type { Words } from '../zh.ts'
import { adminAuditWords } from './admin-audit.ts'
import { adminOutboxWords } from './admin-outbox.ts'
import { adminPeopleWords } from './admin-people.ts'
import { adminRolesWords } from './admin-roles.ts'
import { adminScriptWords } from './admin-script.ts'
import { adminSystemsWords } from './admin-systems.ts'
import { adminTablesWords } from './admin-tables.ts'
import { adminDesksWords, adminUnitsWords } from './admin-units.ts'

export const adminWords: Words<typeof zh> = {
  title: 'Administration',
  skip: 'To the content',
  nav: {
    label: 'Pages of the administration',
    people: 'People',
    units: 'Units',
    desks: 'Desks',
    script: 'Script',
    outbox: 'Messages',
    systems: 'Systems',
    tables: 'Tables',
    kb: 'Knowledge',
    synonyms: 'Synonyms',
    roles: 'Roles',
    audit: 'Audit',
  },
  signIn: {
    title: 'Administration sign-in',
    note: 'Administrators and monitors need a one-time code. Do not sign in on other people’s devices; closing the browser signs you out.',
    again: 'Your session has expired. Sign in again; what you had begun is still there.',
    other: '{{staffNo}} was signed in. If somebody else signs in, what is not saved on the screen goes.',
  },
  signOut: 'Sign out',
  loading: 'Reading…',
  more: '50 more',
  failed: 'Not updated: {{words}}',
  back: 'Back to the list',
  save: 'Save',
  saved: 'Saved',
  cancel: 'Cancel',
  sure: 'Yes',
  choose: 'Choose one in the list',
  told: {
    title: 'Shown once: hand it over now',
    password: 'First password',
    otpauth: 'Secret of the one-time code',
    otpauthNote:
      'Type the secret into any authenticator (TOTP): time based, six digits. The address below may be made into a QR code.',
    address: 'Address for the authenticator',
    copy: 'Copy',
    copied: 'Copied',
    done: 'Handed over, show it no more',
  },
  refused: {
    signInForbidden: 'This staff number’s role does not use the administration’s pages',
    foreignPage: 'Please use central’s own page',
    forbidden: 'Your role may not do this',
    notFound: 'Not found; somebody may have changed it',
    self: 'Not on your own account: ask another administrator, or use the command staff.ts at central',
    lastAdministrator: 'This is the last administrator who can sign in; add another one first',
    staffNo: 'The number is taken, or has other characters than letters, digits, - and _',
    name: 'Give a name of at most 40 characters',
    role: 'Not this way: people of member units and of the centre do not change places; add another account',
    unit: 'No such member unit in the directory, or the role belongs to none',
    line: 'A role at a desk needs an extension; the first time extension, line password and SIP domain',
    unchanged: 'As the one that stands',
    nothing: 'Nothing was changed',
    id: 'The id is taken, or has other characters than letters, digits, -, _ and .',
    nameTaken: 'There is a unit of this name: cases are given by the name',
    numbers: 'Number {{place}} cannot be dialled',
    changed: 'Somebody has just changed this; look at what stands now first',
    secretKey: 'Central has no key to keep secrets under: ask IT',
    url: 'Not an address that may be sent to: https and public, or an inner one that central’s settings allow, without user and password',
    tooMany: 'Ten receivers at most: end one first',
    events: 'Choose at least one event',
    openCases: 'Cases lie with it: settle them or give them to another unit first',
  },
  people: adminPeopleWords,
  units: adminUnitsWords,
  desks: adminDesksWords,
  script: adminScriptWords,
  outbox: adminOutboxWords,
  systems: adminSystemsWords,
  tables: adminTablesWords,
  roles: adminRolesWords,
  audit: adminAuditWords,
}
