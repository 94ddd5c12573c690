'use strict';

// Copies what a reader would type: of lines behind a prompt, those alone and without it.
function commands(text) {
  const lines = text.split('\n');
  const typed = lines.filter(line => line.startsWith('$ ')).map(line => line.slice(2));
  return typed.length > 0 ? typed.join('\n') + '\n' : text;
}

function addButton(block) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(commands(block.querySelector('code').textContent));
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  const frame = document.createElement('div');
  frame.className = 'code';
  block.replaceWith(frame);
  frame.append(block, button);
}

// Browsers allow the clipboard only to pages that came over TLS, or from this machine.
if (navigator.clipboard) {
  document.querySelectorAll('main pre').forEach(addButton);
}
