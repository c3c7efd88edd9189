/** One sentence for each ErrorCode. */
export const error = {
  invalidInput: 'Something entered is not acceptable; check it and try again',
  notSignedIn: 'Not signed in; sign in again',
  wrongPassword: 'Wrong staff number or password',
  issuerAway: 'The account system cannot be reached: try later, or sign in with staff number and password',
  notStaff: 'This account belongs to no staff number: ask an administrator',
  forbidden: 'You may not do this',
  notFound: 'Not found',
  illegalTransition: 'Not possible in the present state',
  centralUnreachable: 'Central cannot be reached; check the network and try again',
  centralFailed: 'Central failed; try again later',
  protocolMismatch: 'This desk and central are of different versions; update it',
  phoneDown: 'The phone is recovering, please wait',
  phoneRefused: 'The phone did not do this',
  storeDown: 'Local storage is recovering; your words are kept',
  diskFull: 'The disk is full; free some space. Your words are still on the screen',
  diskFailed: 'The disk cannot be read or written; call the technician. Your words are still on the screen',
  databaseBroken:
    'The local database is damaged: it was kept aside, what could be read of it was taken over; call the technician',
  databaseFromFuture: 'The local database is from a newer version; update the desk',
  newDatabase: 'The local database was made anew; saving works again once central is reached. Your words are a draft',
  internal: 'Internal error; try again, and call the technician if it comes back',
} as const
