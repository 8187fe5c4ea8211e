/* What the pages do beyond plain HTML. Every page works without this file. */
(function () {
  'use strict';
  document.documentElement.classList.add('js');
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const one = (selector, root) => (root || document).querySelector(selector);
  const typing = (element) => /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

  /* Whole numbers and decimals as people type them: full width digits, commas, spaces. */
  function number(text) {
    const plain = text.normalize('NFKC').replace(/[,，\s]/g, '');
    return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
  }
  const grouped = (plain) => plain.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
  const tidy = (value) => String(Math.round(value * 100) / 100);

  /* 草稿: saved a moment after the last key; on failure the text stays and a red note says so. */
  function autosave(form) {
    const status = one('#saved');
    let timer = null;
    let running = false;
    let again = false;
    let pressed = null;

    function tell(text, failed) {
      status.textContent = text;
      status.classList.toggle('bad', failed);
    }
    async function save() {
      if (running) { again = true; return; }
      running = true;
      const body = new FormData(form);
      body.delete('file');
      body.set('act', 'draft');
      try {
        const answer = await fetch(form.dataset.draft, {
          method: 'POST', body: body, headers: { Accept: 'application/json' }, credentials: 'same-origin'
        });
        const told = await answer.json();
        if (answer.ok) {
          ['version', 'drafts'].forEach(function (name) {
            if (told[name] !== undefined) { form.elements[name].value = told[name]; }
          });
          tell(form.dataset.savedText + ' ' + told.saved_at, false);
        } else {
          tell(told.message || form.dataset.failedText, true);
        }
      } catch (problem) {
        tell(form.dataset.failedText, true);
        again = true;
      }
      running = false;
      if (pressed) { form.requestSubmit(pressed); return; }
      if (again) { again = false; later(10000); }
    }
    function later(wait) { clearTimeout(timer); timer = setTimeout(save, wait); }
    form.addEventListener('input', function (event) { if (event.target.type !== 'file') { later(1500); } });
    /* A button pressed while a save is under way waits for it: it must know what that made. */
    form.addEventListener('submit', function (event) {
      clearTimeout(timer);
      if (running) { pressed = event.submitter; event.preventDefault(); }
    });
  }

  /* 不涉及: the number goes away, the reason comes; 其他 asks for a sentence. 报后还差 counts along. */
  function figure(section) {
    const box = one('.nic', section);
    const control = one('.ctl', section);
    const select = one('.why select', section);
    const left = one('[data-remainder-of]', section);
    const value = one('.ctl input.n', section);
    function show() {
      if (box) {
        control.hidden = box.checked;
        const wants = select.value === 'other';
        all('.other', section).forEach(function (part) { part.hidden = !wants; });
      }
      if (left && value) {
        const typed = number(value.value);
        const rest = Number(left.dataset.remainderOf) - (typed || 0);
        left.textContent = grouped(tidy(Math.max(rest, 0)));
      }
    }
    section.addEventListener('input', show);
    show();
  }

  /* 任务分解: sums and remainders move with every key, exact to the last unit however large. */
  function scaled(text, decimals) {
    const plain = text.normalize('NFKC').replace(/[,，\s]/g, '') || '0';
    const found = /^(\d+)(?:\.(\d+))?$/.exec(plain);
    const rest = found ? (found[2] || '').replace(/0+$/, '') : '';
    return found && rest.length <= decimals ? BigInt(found[1] + rest.padEnd(decimals, '0')) : null;
  }
  function unscaled(value, decimals) {
    const digits = String(value).padStart(decimals + 1, '0');
    const whole = digits.slice(0, digits.length - decimals);
    const rest = digits.slice(digits.length - decimals).replace(/0+$/, '');
    return decimals && rest ? whole + '.' + rest : whole;
  }
  function grid(table) {
    const texts = table.dataset;
    const form = table.closest('form');
    const feet = all('[data-gap]', table);
    const reason = one('#why', form);
    const button = one('button[value=ask]', form);
    const column = (code) => all('input[data-target="' + code + '"]', table);
    const row = (input) => all('input.gi', input.closest('tr'));

    /* What one column says; what stands in the way of sending it on. */
    function count(foot) {
      const decimals = Number(foot.dataset.decimals || 0);
      const inputs = column(foot.dataset.gap);
      const values = inputs.map((input) => scaled(input.value, decimals));
      const bad = values.includes(null);
      const sum = values.reduce((total, value) => total + (value || 0n), 0n);
      const gap = scaled(foot.dataset.held, decimals) - sum;
      one('[data-sum="' + foot.dataset.gap + '"]', table).textContent = bad ? '—' : grouped(unscaled(sum, decimals));
      const far = grouped(unscaled(gap < 0n ? -gap : gap, decimals));
      const text = bad ? texts.wrong : gap === 0n ? texts.even : (gap > 0n ? texts.left : texts.over) + ' ' + far;
      if (foot.textContent !== text) { foot.textContent = text; }
      foot.className = gap === 0n && !bad ? 'okc' : 'warnc';
      inputs.forEach((input) => input.classList.toggle('chg', input.value !== input.dataset.proposed));
      const most = scaled(foot.dataset.most || foot.dataset.held, decimals);
      if (bad || gap > 0n) { return { over: false, said: foot.dataset.gap + ' ' + text + (bad ? '' : ' ' + foot.dataset.unit + texts.then) }; }
      const why = sum > most && !(reason && one('textarea', reason).value.trim());
      return { over: gap < 0n, said: why ? foot.dataset.gap + texts.why + foot.dataset.limit + texts.need : '' };
    }
    function show() {
      const found = feet.map(count);
      const said = found.map((each) => each.said).find((each) => each) || '';
      if (reason) { reason.hidden = !found.some((each) => each.over) && !one('textarea', reason).value.trim(); }
      if (button) {
        button.toggleAttribute('aria-disabled', false);
        if (said) { button.setAttribute('aria-disabled', 'true'); }
        one('#said', form).textContent = said;
      }
    }
    function manual(input) {
      const how = form.elements['how.' + input.dataset.target];
      if (how) { how.value = ''; }
    }
    function go(input) { if (input) { input.focus(); input.select(); } }

    form.addEventListener('input', function (event) {
      if (event.target.matches('input.gi')) { manual(event.target); }
      show();
    });
    /* A column, or a block of them, as Excel gives it: lines of cells parted by tabs. */
    table.addEventListener('paste', function (event) {
      const lines = event.clipboardData.getData('text').replace(/\r?\n$/, '').split(/\r?\n/);
      if (!event.target.dataset.target || (lines.length < 2 && !lines[0].includes('\t'))) { return; }
      event.preventDefault();
      const across = feet.map((foot) => foot.dataset.gap);
      const first = across.indexOf(event.target.dataset.target);
      const rows = all('tbody tr', table);
      const from = rows.indexOf(event.target.closest('tr'));
      lines.forEach(function (line, down) {
        line.split('\t').forEach(function (text, right) {
          const cell = rows[from + down] && one('input[data-target="' + across[first + right] + '"]', rows[from + down]);
          if (cell) { cell.value = text.trim(); manual(cell); }
        });
      });
      form.dispatchEvent(new Event('input'));
    });
    /* Up, down and Enter walk the column, left and right the row, once the text is at its end. */
    table.addEventListener('keydown', function (event) {
      const input = event.target;
      if (!input.matches('input.gi') || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
      const inputs = column(input.dataset.target);
      const beside = row(input);
      const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
      const ways = {
        ArrowUp: () => inputs[inputs.indexOf(input) - 1],
        ArrowDown: () => inputs[inputs.indexOf(input) + 1],
        Enter: () => inputs[inputs.indexOf(input) + (event.shiftKey ? -1 : 1)],
        ArrowLeft: () => (whole || input.selectionEnd === 0) && beside[beside.indexOf(input) - 1],
        ArrowRight: () => (whole || input.selectionStart === input.value.length) && beside[beside.indexOf(input) + 1]
      };
      const way = ways[event.key];
      const next = way && way();
      if (next || event.key === 'Enter') { event.preventDefault(); go(next); }
    });
    show();
  }

  /* 审核: J K walk the queue, R asks to return, Enter opens the question and answers it once. */
  function review(form) {
    const boxes = all('input[name="fix"]', form);
    function show() {
      boxes.forEach(function (box) {
        one('[data-for="' + box.value + '"]', form).hidden = !box.checked;
        box.closest('tr').classList.toggle('fixr', box.checked);
      });
    }
    form.addEventListener('change', show);
    show();
    document.addEventListener('keydown', function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) { return; }
      const place = event.target;
      if (event.repeat) {
        /* A key held down opens a question; it never answers it too. */
        if (event.key === 'Enter' && place.matches('[data-confirm]')) { event.preventDefault(); }
        return;
      }
      if ((typing(place) && place.type !== 'checkbox') || place.closest('a,summary')) { return; }
      const key = event.key.toLowerCase();
      if (key === 'j' || key === 'k') {
        const way = one('a[rel="' + (key === 'j' ? 'next' : 'prev') + '"]', form);
        if (way) { location.assign(way.href); }
      } else if (key === 'r' || (key === 'enter' && place.tagName !== 'BUTTON')) {
        /* An open question is answered even before the browser has moved the focus to it. */
        const open = key === 'enter' ? one('[data-confirm]', form) : null;
        const button = open || one('[data-key="' + key + '"]:not([disabled])', form);
        if (button) { event.preventDefault(); button.click(); }
      }
    });
  }

  /* 单位: typing a name narrows the tree. */
  function filter(input) {
    const items = all('li', document.getElementById(input.dataset.filter));
    input.addEventListener('input', function () {
      const wanted = input.value.trim();
      items.forEach(function (item) {
        item.hidden = wanted !== '' && !item.textContent.includes(wanted);
        const group = one('details', item);
        if (group && wanted !== '' && !item.hidden) { group.open = true; }
      });
    });
  }

  /* 计划: what a page made anew says takes the place of what this page says. */
  const fetched = (address, more) => fetch(address, Object.assign({ credentials: 'same-origin', headers: { Accept: 'application/json' } }, more));
  const parsed = (text) => new DOMParser().parseFromString(text, 'text/html');
  function take(fresh) {
    all('[data-part]').forEach(function (part) {
      const other = fresh.getElementById(part.id);
      if (other && !part.contains(document.activeElement)) { part.replaceWith(document.adoptNode(other)); }
    });
  }
  function takeRows(fresh) {
    const codes = new Set(all('tr[data-row]').map((row) => row.dataset.row));
    codes.forEach(function (code) {
      const selector = 'tr[data-row="' + code + '"]';
      const old = all(selector);
      const rows = all(selector, fresh);
      const active = old.some((row) => row.contains(document.activeElement)) ? document.activeElement : null;
      const same = old.length === rows.length && old.every((row, index) => row.dataset.state === rows[index].dataset.state);
      /* A field somebody types in stays; the next save brings its row. */
      if (!rows.length || same || (active && active.matches('.gi'))) { return; }
      old[0].replaceWith(...rows.map((row) => document.adoptNode(row)));
      old.slice(1).forEach((row) => row.remove());
      if (active) { const again = one('[name="' + active.name + '"]'); if (again) { again.focus(); } }
    });
  }

  /* 选任务: a tick, a goal or a round is saved at once, and the check is asked anew. */
  function live(form) {
    let running = false;
    let again = false;
    function tell(text) {
      const saved = one('#saved');
      saved.textContent = text;
      saved.classList.add('bad');
    }
    async function save() {
      if (running) { again = true; return; }
      running = true;
      again = false;
      const body = new URLSearchParams(new FormData(form));
      body.set('act', 'save');
      /* All rows come back, whatever this page leaves out: a ticked one must not go under. */
      ['show', 'q', 'kind'].forEach((name) => body.delete(name));
      try {
        const answer = await fetched(form.action, { method: 'POST', body: body });
        if (answer.ok) {
          const fresh = parsed(await answer.text());
          form.elements.version.value = one('input[name=version]', fresh).value;
          if (!again) { take(fresh); takeRows(fresh); }
        } else {
          tell((await answer.json()).message);
        }
      } catch (problem) {
        tell(one('#saved').dataset.failedText);
      }
      running = false;
      if (again) { save(); }
    }
    form.addEventListener('change', function (event) {
      if (/^(on|goal|round)\./.test(event.target.name)) { save(); }
      if (event.target.name === 'kind') { form.requestSubmit(); }
    });
  }

  /* 下达: while it goes down, the page asks every two seconds how far it is. */
  function poll() {
    setTimeout(async function () {
      try { take(parsed(await (await fetched(location.pathname)).text())); } catch (problem) { /* asked again */ }
      if (one('[data-poll]')) { poll(); }
    }, 2000);
  }

  all('form[data-live]').forEach(live);
  if (one('[data-poll]')) { poll(); }
  all('form[data-draft]').forEach(autosave);
  all('[data-field]').forEach(figure);
  all('[data-split]').forEach(grid);
  all('form[data-review]').forEach(review);
  all('[data-filter]').forEach(filter);
  all('[data-print]').forEach(function (button) { button.hidden = false; button.addEventListener('click', function () { window.print(); }); });
  all('form[data-auto]').forEach(function (form) { // A day that is being typed is one at every key.
    form.addEventListener('change', function (event) { if (event.target.type !== 'date') { form.submit(); } });
  });
  const summary = one('.errsum');
  if (summary && !one('[data-confirm]')) { summary.focus(); }
}());
