/* The table of customers: search, filters, a card for each, and CSV of every table. */
(function () {
  'use strict';

  var settings = JSON.parse(document.getElementById('settings').textContent);

  function node(tag, words, name) {
    var made = document.createElement(tag);
    if (words !== undefined) { made.textContent = words; }
    if (name) { made.className = name; }
    return made;
  }

  /* A text that a spreadsheet would take for a formula is marked as text. */
  function cell(value) {
    var text = value === null || value === undefined ? '' : String(value);
    if (/^[=+@\t\r]/.test(text) || (/^-/.test(text) && isNaN(Number(text)))) { text = "'" + text; }
    return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  function save(name, rows) {
    var text = '\ufeff' + rows.map(function (row) { return row.map(cell).join(','); }).join('\r\n') + '\r\n';
    var link = node('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
    link.download = name + '.csv';
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  function labelled(name, words) { return settings.named.replace('{0}', name).replace('{1}', words); }

  function texts(cells) {
    return Array.prototype.map.call(cells, function (one) { return one.textContent.trim(); });
  }

  document.querySelectorAll('.scroll table').forEach(function (table) {
    var view = table.closest('.view');
    var button = node('button', settings.csv, 'csv');
    button.type = 'button';
    button.setAttribute('data-rows', table.rows.length);
    button.addEventListener('click', function () {
      save(view ? view.id.replace(/^view-/, '') : 'table', Array.prototype.map.call(table.rows, function (row) { return texts(row.cells); }));
    });
    table.closest('.scroll').before(button);
  });

  var source = document.getElementById('customer-data');
  if (!source) { return; }
  var data = JSON.parse(source.textContent);
  var fields = data.fields;
  var size = fields.length;

  function all(role) {
    return fields.map(function (field, i) { return i; }).filter(function (i) { return fields[i].role === role; });
  }

  function grouped(value, places) {
    return Number(value).toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places }).replace('-', '\u2212');
  }

  function shown(i, value) {
    if (value === null || value === undefined) { return ''; }
    switch (fields[i].kind) {
      case 'word': return fields[i].words[value];
      case 'money': case 'number': return grouped(value, 0);
      case 'score': return grouped(value, 1);
      default: return value;
    }
  }

  function reasons(row) {
    return row[size + 2].map(function (reason) { return data.reasons[reason]; });
  }

  /* A cell sorts by its value, and by the order of codes from best to worst. */
  function column(i) {
    var isNumber = fields[i].kind !== 'word' && fields[i].kind !== 'text';
    return {
      title: fields[i].label, field: 'f' + i, headerSortTristate: true, hozAlign: isNumber ? 'right' : 'left', headerHozAlign: isNumber ? 'right' : 'left',
      minWidth: isNumber ? 110 : 120, maxInitialWidth: 240, sorter: fields[i].kind === 'text' ? 'alphanum' : 'number', headerWordWrap: true,
      sorterParams: { alignEmptyValues: 'bottom' }, headerSortStartingDir: isNumber ? 'desc' : 'asc',
      formatter: function (cell) { return i === frozen ? node('button', shown(i, cell.getValue()) || '\u2013', 'name') : document.createTextNode(shown(i, cell.getValue())); },
      frozen: i === frozen && window.innerWidth > 700
    };
  }

  var ids = all('id');
  var names = all('name');
  var frozen = names.length ? names[0] : ids[0];
  function main(role, wanted) { return all(role).filter(function (i) { return fields[i].main === wanted; }); }

  var first = main('mark', true).slice(0, 1).concat(main('state', true).slice(0, 1), all('figure'));
  var rest = main('state', true).slice(1).concat(main('mark', true).slice(1), main('state', false), main('mark', false));
  var listed = names.concat(ids, first, rest);
  var named = names.length + ids.length + first.length;
  var rows = data.rows.map(function (values, number) {
    var row = { n: number };
    for (var i = 0; i < size; i++) { row['f' + i] = values[i]; }
    row.r = reasons(values).join(settings.comma);
    return row;
  });

  var tools = document.getElementById('customer-tools');
  var search = node('input');
  search.type = 'search';
  search.placeholder = settings.search;
  search.setAttribute('aria-label', settings.search);
  tools.append(search);
  var chosen = [];

  function choice(place, label, words, test) {
    var select = node('select');
    select.setAttribute('aria-label', label);
    select.append(new Option(labelled(label, settings.all), ''));
    words.forEach(function (word, i) { select.append(new Option(word, i)); });
    select.addEventListener('change', filter);
    chosen.push({ select: select, test: test });
    place.append(select);
  }

  function choices(place, numbers) {
    numbers.forEach(function (i) {
      var words = fields[i].words;
      if (words.length > 1 && words.length <= 200) {
        choice(place, fields[i].label, words, function (row, value) { return row['f' + i] === Number(value); });
      }
    });
  }

  var more = node('details');
  var others = node('div', undefined, 'tools');
  more.append(node('summary', settings.filters), others);
  choices(others, main('state', false).concat(main('mark', false)));
  choices(tools, main('mark', true).concat(main('state', true)));
  if (data.reasons) {
    choice(tools, settings.reason, data.reasons, function (row, value) { return data.rows[row.n][size + 2].indexOf(Number(value)) >= 0; });
  }
  var count = node('span', '', 'count');
  count.setAttribute('role', 'status');
  var button = node('button', settings.csv, 'csv');
  button.type = 'button';
  tools.append(button, count);
  if (others.children.length) { tools.after(more); }

  var grid = new Tabulator('#customer-grid', {
    data: rows, index: 'n', layout: 'fitDataFill', height: Math.min(560, 60 + 34 * Math.max(rows.length, 3)) + 'px', placeholder: settings.nobody,
    columnDefaults: { tooltip: false, resizable: true }, keybindings: true,
    columns: listed.slice(0, named).map(column).concat(data.reasons ? [{ title: settings.reason, field: 'r', sorter: 'string', minWidth: 160, headerSortTristate: true, formatter: 'plaintext' }] : [], listed.slice(named).map(column))
  });

  function tell() { count.textContent = settings.shown.replace('{0}', grouped(grid.getDataCount('active'), 0)).replace('{1}', grouped(rows.length, 0)); }

  function filter() {
    var words = search.value.trim().toLowerCase();
    var texts = names.concat(ids);
    grid.setFilter(function (row) {
      return (!words || texts.some(function (i) { return String(row['f' + i] || '').toLowerCase().indexOf(words) >= 0; }))
        && chosen.every(function (one) { return one.select.value === '' || one.test(row, one.select.value); });
    });
  }

  var waiting;
  search.addEventListener('input', function () { clearTimeout(waiting); waiting = setTimeout(filter, 150); });
  grid.on('tableBuilt', function () {
    tell();
    /* Rows lie in row groups of the grid, with nothing between them that has a role of its own. */
    [['.tabulator-header', 'none'], ['.tabulator-tableholder', 'rowgroup'], ['.tabulator-table', 'none']].forEach(function (part) {
      document.querySelector('#customer-grid ' + part[0]).setAttribute('role', part[1]);
    });
  });
  grid.on('dataFiltered', function (unused, found) {
    count.textContent = settings.shown.replace('{0}', grouped(found.length, 0)).replace('{1}', grouped(rows.length, 0));
  });
  button.addEventListener('click', function () {
    var heads = listed.map(function (i) { return fields[i].label; }).concat(settings.reason);
    save('customers', [heads].concat(grid.getData('active').map(function (row) {
      return listed.map(function (i) { var value = row['f' + i]; return fields[i].kind === 'word' ? shown(i, value) : value; }).concat(row.r);
    })));
  });

  /* The card. */
  var card = document.getElementById('customer-card');

  function pairs(title, lines) {
    if (!lines.length) { return; }
    card.append(node('h4', title));
    var list = node('dl');
    lines.forEach(function (line) { list.append(node('dt', line[0]), node('dd', line[1])); });
    card.append(list);
  }

  function states(values) {
    var before = {};
    for (var k = 0; k < values[size + 4].length; k += 2) { before[values[size + 4][k]] = values[size + 4][k + 1]; }
    return all('state').filter(function (i) { return values[i] !== null; }).map(function (i) {
      return [fields[i].label, i in before ? shown(i, before[i]) + ' \u2192 ' + shown(i, values[i]) : shown(i, values[i])];
    });
  }

  function points(values) {
    all('score').forEach(function (i) {
      if (values[i] === null) { return; }
      var lines = [];
      for (var k = i + 1; k < size && fields[k].role !== 'score'; k++) {
        if (fields[k].role === 'points' && values[k] !== null) { lines.push(k); }
      }
      var next = all('next').filter(function (k) { return fields[k].label === fields[i].label && values[k] !== null; })[0];
      card.append(node('h4', labelled(fields[i].label, settings.points.replace('{0}', shown(i, values[i])))
        + (next === undefined ? '' : ' · ' + settings.next.replace('{0}', shown(next, values[next])))));
      var list = node('ul', undefined, 'parts');
      lines.forEach(function (k) {
        var line = node('li');
        var bar = node('span', undefined, 'bar');
        bar.style.width = Math.max(0, Math.min(100, values[k])) * 1.2 + 'px';
        line.append(node('span', fields[k].label), bar, node('b', shown(k, values[k])));
        list.append(line);
      });
      card.append(list);
    });
  }

  function path(values) {
    if (!values[size]) { return; }
    var last = '';
    var steps = [];
    (values[size].length === 1 ? values[size].repeat(data.nights.length) : values[size]).split('').forEach(function (at, i) {
      if (at !== '-' && at !== last) { steps.push(labelled(data.nights[i], data.levels[parseInt(at, 36)])); }
      last = at === '-' ? last : at;
    });
    if (steps.length) {
      card.append(node('h4', settings.path.replace('{0}', data.level)), node('p', steps.join(' → ')));
    }
  }

  /* What is as it was is no news. */
  function past(values) {
    var now = {};
    fields.forEach(function (field, i) { if (field.role === 'figure' || field.role === 'score') { now[field.label] = i; } });
    pairs(data.since, data.past.map(function (label, i) {
      var then = values[size + 1][i];
      var at = now[label];
      if (then === null || then === undefined || at === undefined || values[at] === null) { return null; }
      var before = grouped(then, fields[at].kind === 'score' ? 1 : 0);
      return before === shown(at, values[at]) ? null : [label, before + ' → ' + shown(at, values[at])];
    }).filter(Boolean));
  }

  function open(number) {
    var values = data.rows[number];
    card.replaceChildren();
    var close = node('button', '×', 'close');
    close.type = 'button';
    close.setAttribute('aria-label', settings.close);
    close.addEventListener('click', function () { card.close(); });
    var name = names.length && values[names[0]] ? values[names[0]] : values[ids[0]];
    var title = node('h3', name);
    title.id = 'card-title';
    card.append(close, title);
    if (name !== values[ids[0]]) { card.append(node('p', values[ids[0]], 'id')); }
    values[size + 3].forEach(function (sentence) {
      var next = 1;
      var words = data.sentences[sentence[0]];
      card.append(node('p', sentence.length > 1 ? words.replace(/#/g, function () { return sentence[next++]; }) : words, 'evidence'));
    });
    pairs(settings.who, all('mark').filter(function (i) { return values[i] !== null; }).map(function (i) { return [fields[i].label, shown(i, values[i])]; }));
    pairs(settings.figures, all('figure').filter(function (i) { return values[i] !== null; }).map(function (i) { return [fields[i].label, shown(i, values[i])]; }));
    pairs(settings.states, states(values));
    past(values);
    path(values);
    points(values);
    card.showModal();
    card.scrollTop = 0;
  }

  grid.on('rowClick', function (event, row) { open(row.getData().n); });
  card.addEventListener('click', function (event) { if (event.target === card) { card.close(); } });
  /* The list of a finding is the table, filtered by its reason. */
  document.querySelectorAll('a[data-reason]').forEach(function (link) {
    link.addEventListener('click', function () {
      var wanted = link.getAttribute('data-reason');
      var last = chosen[chosen.length - 1];
      search.value = '';
      chosen.forEach(function (one) { one.select.value = ''; });
      Array.prototype.forEach.call(last.select.options, function (option) { if (option.text === wanted) { last.select.value = option.value; } });
      filter();
    });
  });
})();
