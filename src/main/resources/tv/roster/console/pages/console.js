// What the console does beyond plain pages. Everything but searching while typing works without it.
(() => {
  'use strict';

  // Times in the time zone of this browser.
  const format = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'short'});
  const localize = (root) => {
    for (const time of root.querySelectorAll('time[datetime]')) {
      time.title = time.textContent;
      time.textContent = format.format(new Date(time.dateTime));
    }
  };
  localize(document);
  document.addEventListener('htmx:afterSwap', (event) => localize(event.target));

  // Arrows move from the search field to the results and between them.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') {
      return;
    }
    const field = document.getElementById('q');
    const results = [...document.querySelectorAll('a.result')];
    const here = results.indexOf(document.activeElement);
    if (!field || (here < 0 && document.activeElement !== field)) {
      return;
    }
    const next = here + (event.key === 'ArrowDown' ? 1 : -1);
    if (next < 0) {
      field.focus();
    } else if (results[next]) {
      results[next].focus();
    }
    event.preventDefault();
  });

  // "/" goes to the search field from anywhere that is no field.
  document.addEventListener('keydown', (event) => {
    const field = document.getElementById('q');
    if (event.key === '/' && field && !event.target.closest('input, textarea, select')) {
      field.focus();
      event.preventDefault();
    }
  });

  // A file that is dropped beside the field for it goes there too, where browsers would open it in place of the page.
  const file = document.querySelector('.drop input');
  if (file) {
    for (const kind of ['dragover', 'drop']) {
      document.addEventListener(kind, (event) => {
        if (event.target === file || !event.dataTransfer.types.includes('Files')) {
          return;
        }
        event.preventDefault();
        if (kind === 'drop') {
          file.files = event.dataTransfer.files;
          file.focus();
        }
      });
    }
  }

  // A form is sent once. One for a download leaves its page open, and can be sent again.
  document.addEventListener('submit', (event) => {
    if (event.target.matches('[data-download]')) {
      return;
    }
    if (event.target.dataset.sent && !event.target.matches('[role=search]')) {
      event.preventDefault();
    }
    event.target.dataset.sent = 'yes';
  });
  window.addEventListener('pageshow', () => document.querySelectorAll('form').forEach((form) => delete form.dataset.sent));
})();
