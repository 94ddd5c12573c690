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
  deepLinking: true,
  persistAuthorization: false,
  displayRequestDuration: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  requestInterceptor: withScheme,
});
