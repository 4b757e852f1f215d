/** What is asked for only when the visitor wants what needs it. `docs/permissions.md` gives the reason for each. */

/** "Find all sites", and what the visitor picks from it: a single site to keep an eye on. The browser asks the visitor about each. */
export const EVERYWHERE = ['https://*/*', 'http://*/*']
/** What sending Global Privacy Control takes beside hosts. Chromium shows no question for it alone. */
export const GPC = 'declarativeNetRequestWithHostAccess'
/** What deleting at once takes. */
export const AT_ONCE = 'browsingData'
