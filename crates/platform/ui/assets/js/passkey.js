// Passkeys: fills the fields of a form with what a key answers. Without this script the form stays hidden.
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  const text = b => btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const bytes = s => new TextEncoder().encode(s);
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const d = form.dataset, challenge = bytes(d.challenge), set = (name, value) => { form.elements[name].value = text(value); };
    form.hidden = false;
    form.addEventListener('submit', async e => {
      e.preventDefault();
      e.stopImmediatePropagation();
      const failed = form.querySelector('[data-failed]');
      failed.hidden = true;
      try {
        const make = d.passkey === 'new';
        const key = make
          ? await navigator.credentials.create({ publicKey: {
            challenge, rp: { id: d.host, name: d.site }, user: { id: bytes(d.user), name: d.name, displayName: d.name },
            pubKeyCredParams: [{ type: 'public-key', alg: -7 }], attestation: 'none',
            authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
          } })
          : await navigator.credentials.get({ publicKey: { challenge, rpId: d.host, userVerification: 'required' } });
        const said = key.response;
        set('client', said.clientDataJSON);
        set('donnees', make ? said.getAuthenticatorData() : said.authenticatorData);
        if (!make) { set('cle', key.rawId); set('signature', said.signature); }
        form.submit();
      } catch { failed.hidden = false; }
    });
  }
})();
