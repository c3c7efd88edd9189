/** Where a case stands once it was said how the citizen is replied to. */
export const stateAfter = { atOnce: 'repliedAtOnce', later: 'toDispatch', notWanted: 'noReplyWanted' } as const
