// ReDoc at /redoc. It has a light theme only, which the page asks of the browser too.
window.Redoc.init('/openapi.json', {}, document.getElementById('reference'));
