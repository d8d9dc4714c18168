import { Problem, exchangeSignIn, signInPlace } from './api.js';

const slot = 'ragapp.sign-in'; // in sessionStorage, between leaving for the issuer and coming back
const renewBefore = 60_000; // milliseconds before its end at which a token is renewed

/** Sends the person to the issuer, by the code flow with PKCE. */
export async function leaveToSignIn(place) {
  const [state, nonce, verifier] = [randomText(), randomText(), randomText()];
  sessionStorage.setItem(slot, JSON.stringify({ state, nonce, verifier }));
  const address = new URL(place.authorizationEndpoint);
  const parameters = {
    response_type: 'code', client_id: place.clientId, redirect_uri: ownAddress(), scope: place.scope, state, nonce,
    code_challenge: base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)))),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  location.assign(address);
}

/** The credential of a person who comes back from the issuer; null for anybody else. Code and state leave the address at once. */
export async function cameBack() {
  const answer = new URLSearchParams(location.search);
  if (!answer.has('state')) return null;
  history.replaceState(null, '', location.pathname);
  const begun = JSON.parse(sessionStorage.getItem(slot) ?? 'null');
  sessionStorage.removeItem(slot);
  if (!begun || begun.state !== answer.get('state'))
    throw new Problem('This sign-in was not begun here, or it is over. Sign in again.');
  if (answer.has('error')) throw new Problem(refusalOf(answer.get('error')));
  const place = await signInPlace();
  if (!place || (answer.get('iss') ?? place.issuer) !== place.issuer)
    throw new Problem('Another issuer answered than the one that was asked. Sign in again.');
  const tokens = await exchangeSignIn({ code: answer.get('code') ?? '', verifier: begun.verifier, redirectUri: ownAddress() });
  if (tokens.idToken && claimsOf(tokens.idToken).nonce !== begun.nonce)
    throw new Problem('The answer of the issuer belongs to another sign-in. Sign in again.');
  return credentialOf(place, tokens);
}

/** Keeps tokens in memory only, and renews them before they end. */
function credentialOf(place, first) {
  let tokens = first;
  let renewal = null;

  async function renew() {
    const next = await exchangeSignIn({ refreshToken: tokens.refreshToken });
    tokens = { ...next, refreshToken: next.refreshToken ?? tokens.refreshToken, idToken: next.idToken ?? tokens.idToken };
  }

  return {
    async token() {
      if (Date.parse(tokens.endsAt) - Date.now() < renewBefore && tokens.refreshToken)
        await (renewal ??= renew().finally(() => { renewal = null; }));
      return tokens.token;
    },
    refused: 'Your sign-in has ended. Sign in again.',
    leave: 'Sign out',
    /** Ends the session at the issuer too, where the issuer has an address for it. */
    signOut() {
      if (!place.endSessionEndpoint) return;
      const address = new URL(place.endSessionEndpoint);
      address.searchParams.set('client_id', place.clientId);
      address.searchParams.set('post_logout_redirect_uri', ownAddress());
      if (tokens.idToken) address.searchParams.set('id_token_hint', tokens.idToken);
      location.assign(address);
    },
  };
}

const refusalOf = (error) => (error === 'access_denied'
  ? 'The issuer did not let you in, or you cancelled. Sign in again, or ask whoever runs this application.'
  : `The issuer refused the sign-in (${error.slice(0, 40)}). Whoever runs this application compares its settings with those of the issuer.`);

const ownAddress = () => `${location.origin}/`;
const randomText = () => base64Url(crypto.getRandomValues(new Uint8Array(32)));
const base64Url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const claimsOf = (token) => JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
