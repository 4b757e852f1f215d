/** The header of Global Privacy Control, https://w3c.github.io/gpc/#the-sec-gpc-header-field-for-http-requests. Chromium only. */

const RULE = 1
const TYPES = [
  'main_frame',
  'sub_frame',
  'stylesheet',
  'script',
  'image',
  'font',
  'object',
  'xmlhttprequest',
  'ping',
  'csp_report',
  'media',
  'websocket',
  'webtransport',
  'webbundle',
  'other',
] as chrome.declarativeNetRequest.ResourceType[]

const rule = {
  id: RULE,
  action: { type: 'modifyHeaders', requestHeaders: [{ header: 'Sec-GPC', operation: 'set', value: '1' }] },
  condition: { resourceTypes: TYPES },
} as chrome.declarativeNetRequest.Rule

/** Does nothing where the browser has no such permission to give, or the visitor has not given it. */
export const setGpcHeader = async (on: boolean): Promise<void> => {
  const api = globalThis.chrome?.declarativeNetRequest as typeof chrome.declarativeNetRequest | undefined
  if (!api) return
  const there = (await api.getDynamicRules()).length > 0
  if (there !== on) await api.updateDynamicRules({ removeRuleIds: [RULE], ...(on ? { addRules: [rule] } : {}) })
}
