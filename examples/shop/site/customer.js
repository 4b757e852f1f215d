// Nobody real signs in here: the key says only that the demo customer is at the counter, and signing out removes it.
const KEY = 'fernhollow-customer'

export function isSignedIn() {
  return sessionStorage.getItem(KEY) === 'demo'
}

export function signIn() {
  sessionStorage.setItem(KEY, 'demo')
}

export function signOut() {
  sessionStorage.removeItem(KEY)
}
