'use strict';

// Former versions kept the key in this browser, where other pages of the server could read it.
localStorage.removeItem('authorized');

// The key may be pasted alone; the scheme word is put before it.
function withScheme(request) {
  const key = request.headers.Authorization;
  if (key && !/^apikey\s/i.test(key)) {
    request.headers.Authorization = 'Apikey ' + key.trim();
  }
  return request;
}

window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  // A link within the button that opens a call could not be reached by those who do not see it.
  deepLinking: false,
  persistAuthorization: false,
  displayRequestDuration: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  requestInterceptor: withScheme,
});

// Swagger UI has dark colours, but leaves it to the page when.
const dark = matchMedia('(prefers-color-scheme: dark)');
const followScheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', followScheme);
followScheme();

// Names and levels for those who hear the page, as far as Swagger UI leaves them out.
const root = document.querySelector('#swagger-ui');

function set(selector, attribute, value) {
  root.querySelectorAll(`${selector}:not([${attribute}])`).forEach(node => node.setAttribute(attribute, value));
}

new MutationObserver(() => {
  set('#servers', 'aria-label', 'Server');
  set('.information-container', 'role', 'region');
  set('.information-container', 'aria-label', 'About');
  set('.schemes-server-container', 'role', 'region');
  set('.schemes-server-container', 'aria-label', 'Server and key');
  set('.opblock-tag', 'aria-level', '2');
  set('.models h4', 'aria-level', '2');
}).observe(root, {childList: true, subtree: true});
