/** For a closed network and a machine without a screen: no calls home, no first-run pages, no QUIC beside the recorded requests. */
export const chromiumFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
