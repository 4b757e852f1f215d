/** What a visitor's own extension answers wherever a site would ask. */

/** The event, told on the root element, with which a page asks just before it would ask the visitor. */
export const ASKS = 'nearside-asks'
/** The root element's attribute in which the answer is given at once, and only then: pairs, as a number. Where nobody answers there is none. */
export const WISH = 'data-nearside-wish'
