/* Draws what the page carries as data: one function for each kind of picture. */
(function () {
  'use strict';

  var settings = JSON.parse(document.getElementById('settings').textContent);
  var charts = [];
  var printing = false;
  var printedWidth = 680;
  /* Heights on paper, so that two or three charts fit on a page; the bars of others need theirs. */
  var printedHeights = { lorenz: 300, heat: 290, quadrant: 320, density: 330, flows: 200, stack: 280, pairs: 260 };

  function style(name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  }

  function color(palette, index) {
    return style(palette + index);
  }

  /* 12,300 is 12.3k, in Chinese 1.2万. */
  function shortly(number) {
    var units = settings.language === 'zh' ? [[1e8, '亿'], [1e4, '万']] : [[1e9, 'bn'], [1e6, 'm'], [1e3, 'k']];
    for (var i = 0; i < units.length; i++) {
      if (Math.abs(number) >= units[i][0]) {
        return +(number / units[i][0]).toFixed(1) + units[i][1];
      }
    }
    return String(+number.toFixed(2));
  }

  function text(extra) {
    return Object.assign({ color: style('ink'), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 }, extra);
  }

  function quiet(extra) {
    return text(Object.assign({ color: style('quiet') }, extra));
  }

  function axis(type, name, extra) {
    return Object.assign({
      type: type, name: name, nameLocation: 'middle', nameTextStyle: quiet(),
      axisLabel: quiet({ hideOverlap: true }),
      axisLine: { lineStyle: { color: style('line') } }, axisTick: { show: false },
      splitLine: { lineStyle: { color: style('line') } }
    }, extra);
  }

  /* Tips are drawn as text, so nothing in them is ever markup. */
  function tooltip() {
    return {
      renderMode: 'richText', confine: true, backgroundColor: style('paper'), borderColor: style('line'),
      textStyle: text({ fontSize: 13 }), formatter: function (over) { return over.data && over.data.tip || ''; }
    };
  }

  function legend(extra) {
    return Object.assign({ top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: text(), type: 'plain' }, extra);
  }

  var ruler = document.createElement('canvas').getContext('2d');

  /* Whether a line may end between two signs: at a blank, within Chinese, and after the hyphen of a word. */
  function mayEnd(before, after) {
    if (before === ' ' || before === '\n' || after === '\n') { return true; }
    if (/[（“\s]/.test(before) || /[）”，、。；：\s]/.test(after)) { return false; }
    var han = /[\u3040-\u9fff]/;
    if (han.test(after)) { return !/\d/.test(before); }
    return han.test(before) || /[）”，、。；：]/.test(before) || /[（“]/.test(after) || before === '-' && /[a-z]/i.test(after);
  }

  /* Parts that stay on a line, such as numbers, words and short remarks in Chinese brackets. */
  function parts(words) {
    return [].concat.apply([], words.split(/(（[^（）]{1,6}）)/).map(function (text, place) {
      var found = [];
      for (var i = 0; i < text.length; i++) {
        if (i === 0 || place % 2 === 0 && mayEnd(text[i - 1], text[i])) { found.push(''); }
        found[found.length - 1] += text[i];
      }
      return found;
    }));
  }

  /* Words in lines of a width; a number or a word is broken only where a line has no room for it. */
  function lines(words, width, size) {
    ruler.font = (size || 12) + 'px ' + getComputedStyle(document.body).fontFamily;
    function room(line) { return ruler.measureText(line.trim()).width <= width; }
    var done = [];
    var line = '';
    parts(words).forEach(function (part) {
      if (part === '\n' || !room(line + part)) {
        if (line.trim()) { done.push(line.trim()); }
        line = part === '\n' ? '' : part;
        while (line && !room(line)) {
          var end = line.length;
          while (end > 1 && !room(line.slice(0, end))) { end--; }
          done.push(line.slice(0, end));
          line = line.slice(end);
        }
      } else {
        line += part;
      }
    });
    return done.concat(line.trim() || []).join('\n');
  }

  function broken(width, size) {
    return function (words) { return lines(words, width, size); };
  }

  function statesOfASide(data) {
    var left = data.nodes.filter(function (node) { return node.side === 'left'; }).length;
    return Math.max(left, data.nodes.length - left);
  }

  function percent(value) {
    return settings.language === 'zh' ? value + '%' : value + '\u00a0%';
  }

  function most(points) { return Math.ceil(Math.max.apply(null, points.map(function (point) { return point.y; }))); }

  function least(points) { return Math.floor(Math.min.apply(null, points.map(function (point) { return point.y; }))); }

  var kinds = {
    lorenz: function (data, width) {
      var marks = data.points.filter(function (point) { return point.label; });
      return {
        grid: { left: 62, right: 18, top: width < 500 ? 62 : 34, bottom: 52 },
        legend: legend(),
        tooltip: Object.assign(tooltip(), { trigger: 'item' }),
        xAxis: axis('value', data.xName, { min: 0, max: 100, nameGap: 32 }),
        yAxis: axis('value', data.yName, { min: Math.min(0, least(data.points)), max: Math.max(100, most(data.points)), nameGap: 36 }),
        series: [
          {
            name: data.name, type: 'line', smooth: false, symbol: 'circle', symbolSize: 4, showSymbol: true,
            itemStyle: { color: style('rank1'), opacity: 0.25 }, lineStyle: { color: style('rank1'), width: 2.5, opacity: 1 },
            areaStyle: { color: style('rank3'), opacity: 0.18 },
            data: data.points.map(function (point) { return { value: [point.x, point.y], tip: point.tip }; })
          },
          {
            name: data.even, type: 'line', symbol: 'none', silent: true,
            itemStyle: { color: style('quiet') }, lineStyle: { color: style('quiet'), type: 'dashed', width: 1.5 },
            data: [[0, 0], [100, 100]]
          },
          {
            type: 'scatter', symbolSize: 9, itemStyle: { color: style('rank1') }, z: 5,
            labelLayout: { hideOverlap: true },
            data: marks.map(function (point) {
              return {
                value: [point.x, point.y], tip: point.tip,
                label: {
                  show: true, formatter: point.label, align: 'left', verticalAlign: 'top',
                  position: 'right', distance: width < 500 ? 4 : 8, offset: [0, 6],
                  color: style('ink'), fontSize: 12
                }
              };
            })
          }
        ]
      };
    },

    heat: function (data, width) {
      var most = Math.max.apply(null, data.cells.map(function (cell) { return cell.value; }).concat([1]));
      function ends(bin) { return width < 500 ? bin.replace(' … ', ' …\n') : bin; }
      return {
        grid: { left: width < 500 ? 74 : 96, right: 8, top: 8, bottom: width < 500 ? 112 : 100 },
        tooltip: tooltip(),
        xAxis: axis('category', data.xName, { data: data.x.map(ends), nameGap: width < 500 ? 54 : 44, splitLine: { show: false }, axisLabel: quiet({ interval: 0, fontSize: width < 500 ? 9 : 11, lineHeight: 14 }) }),
        yAxis: axis('category', data.yName, { data: data.y, nameGap: width < 500 ? 58 : 78, splitLine: { show: false }, axisLabel: quiet({ interval: 0, fontSize: width < 500 ? 9 : 11, lineHeight: 14 }) }),
        visualMap: {
          min: 0, max: most, calculable: false, orient: 'horizontal', left: 'center', bottom: 0, itemHeight: Math.min(180, width * 0.4), itemWidth: 10,
          text: [shortly(most) + ' ' + data.unit, '0'], textStyle: quiet(),
          inRange: { color: [style('none'), style('rank4'), style('rank3'), style('rank2'), style('rank1')] }
        },
        series: [{
          type: 'heatmap', itemStyle: { borderColor: style('paper'), borderWidth: 2 },
          data: data.cells.map(function (cell) {
            return { value: [cell.x, cell.y, cell.value], tip: cell.tip, label: { show: true, formatter: cell.label, color: contrast(cell.value / most) } };
          })
        }]
      };
    },

    bars: function (data, width) {
      var names = Math.min(170, width * 0.3);
      /* There is no room for what stands in brackets on a phone. */
      function short(label) { return width < 500 ? label.replace(/ ?[(（].*/, '') : label; }
      var longest = Math.max.apply(null, [].concat.apply([8], data.series.map(function (series) {
        return series.labels.map(function (label) { return short(label).length; });
      })));
      return {
        grid: { left: names + 22, right: 4 + 6.5 * longest, top: width < 500 && data.series.length > 2 ? 54 : 34, bottom: 46 },
        legend: legend(),
        tooltip: tooltip(),
        xAxis: axis('value', data.xName, { nameGap: 30 }),
        yAxis: axis('category', '', { data: data.names, inverse: true, splitLine: { show: false }, axisLabel: text({ formatter: broken(names), interval: 0, lineHeight: 14 }) }),
        series: data.series.map(function (series, number) {
          return {
            name: series.name, type: 'bar', barMaxWidth: 16, barGap: '15%', itemStyle: { color: style(series.color || ['rank4', 'rank1', 'kind3'][number]), borderRadius: [0, 3, 3, 0] },
            data: series.values.map(function (value, i) {
              return { value: value, tip: series.tips[i], label: { show: true, position: 'right', formatter: short(series.labels[i]), color: style('quiet'), fontSize: 11 } };
            })
          };
        })
      };
    },

    quadrant: function (data, width) {
      var most = Math.max.apply(null, data.points.map(function (point) { return point.size; }).concat([1]));
      var largest = width < 500 ? 26 : 44;
      var lines = [];
      if (data.xCut !== undefined) { lines.push({ xAxis: data.xCut }); }
      if (data.yCut !== undefined) { lines.push({ yAxis: data.yCut }); }
      var quadrantColors = ['rank1', 'kind3', 'kind2', 'kind0'];
      return {
        grid: { left: 56, right: 14, top: width < 500 ? 96 : width < 760 ? 72 : 50, bottom: 50 },
        legend: legend({ data: data.quadrants.map(function (quadrant) { return quadrant.label; }) }),
        tooltip: tooltip(),
        xAxis: axis('value', data.xName, { min: 0, max: 100, nameGap: 30 }),
        yAxis: axis('value', data.yName, { min: 0, max: 100, nameGap: 34 }),
        series: data.quadrants.map(function (quadrant, number) {
          return {
            name: quadrant.label, type: 'scatter', clip: false,
            itemStyle: { color: style(quadrantColors[number]), opacity: 0.72, borderColor: style('paper'), borderWidth: 1 },
            data: data.points.filter(function (point) { return point.quadrant === number; }).map(function (point) {
              return { value: [point.x, point.y], tip: point.tip, symbolSize: Math.max(5, largest * Math.sqrt(point.size / most)) };
            }),
            markLine: number > 0 ? undefined : { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: style('quiet'), type: 'dashed' }, data: lines }
          };
        })
      };
    },

    /* Squares of many customers, by the square root of their number; each quadrant has its name in its corner. */
    density: function (data, width) {
      var most = Math.max.apply(null, data.cells.map(function (cell) { return cell.value; }).concat([2]));
      var x = data.xCut === undefined ? 50 : data.xCut;
      var y = data.yCut === undefined ? 50 : data.yCut;
      return {
        grid: { left: 56, right: 14, top: 12, bottom: 100 },
        tooltip: tooltip(),
        xAxis: axis('value', data.xName, { min: 0, max: 100, nameGap: 30, splitLine: { show: false } }),
        yAxis: axis('value', data.yName, { min: 0, max: 100, nameGap: 34, splitLine: { show: false } }),
        visualMap: {
          min: 0, max: Math.sqrt(most), dimension: 2, seriesIndex: 0, calculable: false, orient: 'horizontal', left: 'center', bottom: 0,
          itemHeight: Math.min(180, width * 0.4), itemWidth: 10, text: [shortly(most) + ' ' + data.unit, '1'], textStyle: quiet(),
          inRange: { color: [style('none'), style('rank5'), style('rank4'), style('rank3'), style('rank2'), style('rank1')] }
        },
        series: [{
          type: 'custom',
          renderItem: function (params, api) {
            var from = api.coord([api.value(0), api.value(1) + data.step]);
            var to = api.coord([api.value(0) + data.step, api.value(1)]);
            return { type: 'rect', shape: { x: from[0], y: from[1], width: to[0] - from[0] - 1, height: to[1] - from[1] - 1 }, style: { fill: api.visual('color') } };
          },
          data: data.cells.map(function (cell) { return { value: [cell.x, cell.y, Math.sqrt(cell.value)], tip: cell.tip }; }),
          markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: style('quiet'), type: 'dashed' }, data: [{ xAxis: x }, { yAxis: y }] }
        }, {
          type: 'scatter', silent: true, z: 10, symbolSize: 1, itemStyle: { color: 'transparent' },
          data: data.quadrants.map(function (quadrant) {
            var isRight = quadrant.code === 'KEY' || quadrant.code === 'MAINTAIN';
            var isTop = quadrant.code === 'KEY' || quadrant.code === 'GROW';
            return {
              value: [isRight ? 100 : 0, isTop ? 100 : 0],
              label: text({
                show: true, formatter: lines(quadrant.label, width / 2 - 50, width < 500 ? 10 : 12), position: [isRight ? -6 : 6, isTop ? 6 : -6], align: isRight ? 'right' : 'left', verticalAlign: isTop ? 'top' : 'bottom',
                fontSize: width < 500 ? 10 : 12, fontWeight: 600, textBorderColor: style('paper'), textBorderWidth: 4, lineHeight: 14
              })
            };
          })
        }]
      };
    },

    lift: function (data, width) {
      var names = Math.min(210, width * (width < 500 ? 0.25 : 0.32));
      var size = width < 500 ? 9 : width < 760 ? 10 : 12;
      function side(lift) { return Math.max(-2, Math.min(2, Math.log2(Math.max(lift, 0.01)))); }
      return {
        grid: { left: names + 14, right: 6, top: 8, bottom: 100 },
        tooltip: tooltip(),
        xAxis: axis('category', '', { data: data.x, splitLine: { show: false }, axisLabel: text({ interval: 0, formatter: function (name) { return lines(name.replace(/(, |、)/g, function (mark) { return (width < 500 ? '' : mark.trim()) + '\n'; }), width < 500 ? 70 : (width - names) / data.x.length - 18, size); }, rotate: width < 500 ? 90 : 0, fontSize: size, lineHeight: width < 500 ? 10 : 14 }) }),
        yAxis: axis('category', '', { data: data.y, inverse: true, splitLine: { show: false }, axisLabel: text({ formatter: broken(names, width < 500 ? 10.5 : 12), interval: 0, fontSize: width < 500 ? 10.5 : 12, lineHeight: 14 }) }),
        visualMap: {
          min: -2, max: 2, dimension: 2, orient: 'horizontal', left: 'center', bottom: 0, itemWidth: 10, itemHeight: Math.min(180, width * 0.4),
          text: [settings.better, settings.worse], textStyle: quiet(),
          inRange: { color: [style('warm'), style('none'), style('cool')] }
        },
        series: [{
          type: 'heatmap', itemStyle: { borderColor: style('paper'), borderWidth: 2 },
          data: data.cells.map(function (cell) {
            var place = cell.value === undefined ? 0 : side(cell.value) * (cell.less ? -1 : 1);
            return {
              value: [cell.x, cell.y, place], tip: cell.tip,
              label: { show: true, formatter: cell.label || '', fontSize: width < 500 ? 9 : 11.5, width: (width - names) / data.x.length - 8, overflow: 'break', color: Math.abs(place) > 1.25 ? '#ffffff' : style('ink') }
            };
          })
        }]
      };
    },

    /* Between states is room for their names, as far as the chart is high enough. */
    flows: function (data, width, height) {
      var side = printing ? 245 : Math.min(190, width * 0.32);
      var labels = data.nodes.map(function (node) { return lines(node.label, side - 10); });
      var longest = Math.max.apply(null, labels.map(function (label) { return label.split('\n').length; }));
      var gap = Math.max(12, Math.min(15 * longest, 0.65 * height / statesOfASide(data)));
      var colors = {};
      data.nodes.forEach(function (node) { colors[node.id] = color(node.palette, node.color); });
      return {
        tooltip: tooltip(),
        series: [{
          type: 'sankey', left: side, right: side, top: 26, bottom: 7 * longest, nodeWidth: 12, nodeGap: gap, draggable: false, layoutIterations: 0,
          emphasis: { focus: 'adjacency' },
          lineStyle: { color: 'source', opacity: 0.5, curveness: 0.5 },
          data: data.nodes.map(function (node, i) {
            return {
              name: node.id, itemStyle: { color: colors[node.id], borderWidth: 0 }, tip: node.label, depth: node.side === 'left' ? 0 : 1,
              label: text({ position: node.side, lineHeight: 15, formatter: labels[i] })
            };
          }),
          links: data.links.map(function (link) {
            var tint = link.direction === 'up' ? style('cool') : link.direction === 'down' ? style('warm') : undefined;
            return { source: link.source, target: link.target, value: link.value, tip: link.tip, lineStyle: tint ? { color: tint } : {} };
          })
        }],
        graphic: [
          { type: 'text', left: side, top: 4, style: { text: settings.before, fill: style('quiet'), font: '12px ' + getComputedStyle(document.body).fontFamily } },
          { type: 'text', right: side, top: 4, style: { text: settings.now, fill: style('quiet'), font: '12px ' + getComputedStyle(document.body).fontFamily } }
        ]
      };
    },

    /* Nights lie at their distance in days; a single one is a bar. */
    stack: function (data, width) {
      var isOverTime = data.x.length > 1;
      var nights = data.x.map(function (night) { return new Date(night + 'T00:00:00').getTime(); });
      /* A day without a night has no label. */
      function dated(time) { return data.x[nights.indexOf(time)] || ''; }
      return {
        /* Half of a date has room beyond the axis. */
        grid: { left: 56, right: isOverTime ? 36 : 10, top: width < 500 ? 84 : 44, bottom: 52 },
        legend: legend(),
        tooltip: tooltip(),
        xAxis: isOverTime
          ? axis('time', data.xName, { nameGap: 32, splitLine: { show: false }, minInterval: 864e5, axisLabel: quiet({ hideOverlap: true, formatter: dated, showMinLabel: true, showMaxLabel: true }) })
          : axis('category', data.xName, { data: data.x, nameGap: 32, splitLine: { show: false } }),
        yAxis: axis('value', data.yName, { min: 0, max: 100, nameGap: 38 }),
        series: data.series.map(function (series) {
          if (isOverTime) {
            return {
              name: series.name, type: 'line', stack: 'all', symbol: 'circle', symbolSize: 5, itemStyle: { color: style(series.color) },
              lineStyle: { width: 1 }, areaStyle: { opacity: 0.8 },
              data: series.values.map(function (value, i) { return { value: [data.x[i], value], tip: series.tips[i] }; })
            };
          }
          return {
            name: series.name, type: 'bar', stack: 'all', barMaxWidth: 72, barCategoryGap: '18%',
            itemStyle: { color: style(series.color), borderColor: style('paper'), borderWidth: 0.5 },
            data: series.values.map(function (value, i) {
              var isRoomy = value >= 6 && (width - 70) / data.x.length > 46;
              return { value: value, tip: series.tips[i], label: { show: isRoomy, formatter: percent(value.toFixed(1)), color: inkOn(style(series.color)), fontSize: 11 } };
            })
          };
        })
      };
    },

    pairs: function (data, width) {
      return {
        grid: { left: 54, right: 10, top: 36, bottom: 52 },
        legend: legend(),
        tooltip: tooltip(),
        xAxis: axis('category', data.xName, { data: data.x, nameGap: 30, splitLine: { show: false } }),
        yAxis: axis('value', data.yName, { min: 0, nameGap: 36 }),
        series: data.series.map(function (series, number) {
          return {
            name: series.name, type: 'bar', barMaxWidth: 34, barGap: '8%', itemStyle: { color: number === 0 ? style('rank1') : style('kind2'), borderRadius: [3, 3, 0, 0] },
            data: series.values.map(function (value, i) {
              return { value: value, tip: series.tips[i], label: { show: width > 520, position: 'top', formatter: series.labels[i], color: style('quiet'), fontSize: 10.5 } };
            })
          };
        })
      };
    }
  };

  function isDark() {
    return !printing && window.matchMedia('(prefers-color-scheme: dark)').matches;
  }

  /* Words on a cell are dark or light, as its colour asks for. */
  /* The ink that is read on a colour, whether the page is light or dark. */
  function inkOn(color) {
    var parts = /^#(..)(..)(..)$/.exec(color.trim());
    var light = parts ? 0.299 * parseInt(parts[1], 16) + 0.587 * parseInt(parts[2], 16) + 0.114 * parseInt(parts[3], 16) : 0;
    return light > 140 ? '#10161d' : '#ffffff';
  }

  function contrast(share) {
    return isDark() ? (share > 0.55 ? '#10151a' : '#ffffff') : (share > 0.42 ? '#ffffff' : style('ink'));
  }

  function printedHeight(chart) {
    var height = printedHeights[chart.data.kind] || Math.round(chart.height * 0.8);
    return chart.data.kind === 'flows' ? Math.max(height, 40 + 17 * statesOfASide(chart.data)) : height;
  }

  function draw(chart) {
    if (chart.place.offsetParent === null) {
      return;
    }
    var width = printing ? printedWidth : chart.place.clientWidth;
    chart.place.style.height = (printing ? printedHeight(chart) : chart.height) + 'px';
    if (chart.drawn) {
      chart.drawn.dispose();
    }
    chart.drawn = echarts.init(chart.place, null, { renderer: 'svg', width: width, height: chart.place.clientHeight || undefined });
    var option = kinds[chart.data.kind](chart.data, width, chart.place.clientHeight);
    option.animation = false;
    option.backgroundColor = 'transparent';
    option.textStyle = text();
    chart.drawn.setOption(option);
    chart.width = width;
  }

  function drawAll() {
    charts.forEach(draw);
  }

  function choose(select) {
    Array.prototype.forEach.call(select.options, function (option) {
      document.getElementById('view-' + option.value).hidden = option.value !== select.value;
    });
  }

  document.querySelectorAll('script.data').forEach(function (data) {
    var place = document.getElementById(data.getAttribute('data-chart'));
    charts.push({ place: place, data: JSON.parse(data.textContent), height: parseInt(place.style.height, 10) });
  });
  document.querySelectorAll('select[data-choice]').forEach(function (select) {
    choose(select);
    select.addEventListener('change', function () {
      choose(select);
      drawAll();
    });
  });
  drawAll();

  var waiting;
  window.addEventListener('resize', function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      charts.filter(function (chart) { return chart.width !== chart.place.clientWidth; }).forEach(draw);
    }, 120);
  });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);

  /* On paper nobody can choose, so every view that is printed is shown under its name. */
  window.addEventListener('beforeprint', function () {
    printing = true;
    document.querySelectorAll('.view[hidden]:not(.off-paper)').forEach(function (view) {
      view.hidden = false;
      view.setAttribute('data-hidden', '');
    });
    drawAll();
  });
  window.addEventListener('afterprint', function () {
    printing = false;
    document.querySelectorAll('.view[data-hidden]').forEach(function (view) {
      view.hidden = true;
      view.removeAttribute('data-hidden');
    });
    drawAll();
  });

  /* A date stays on one line, and so does a number with its 万. */
  (function () {
    var unbroken = /(\d{4}-\d{2}-\d{2}|\d[\d,.]*[万亿])/;
    var walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    var sentences = [];
    for (var found = walk.nextNode(); found; found = walk.nextNode()) {
      if (found.parentNode.closest('p, li, td') && unbroken.test(found.data)) { sentences.push(found); }
    }
    sentences.forEach(function (sentence) {
      sentence.data.split(unbroken).forEach(function (part, place) {
        var node = document.createTextNode(part);
        if (place % 2) {
          node = document.createElement('span');
          node.className = 'date';
          node.textContent = part;
        }
        sentence.parentNode.insertBefore(node, sentence);
      });
      sentence.remove();
    });
  })();

  if ('IntersectionObserver' in window) {
    var links = {};
    document.querySelectorAll('.contents a').forEach(function (link) { links[link.getAttribute('href').slice(1)] = link; });
    var watch = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting && links[entry.target.id]) {
          Object.keys(links).forEach(function (id) { links[id].classList.toggle('here', id === entry.target.id); });
        }
      });
    }, { rootMargin: '-10% 0px -80% 0px' });
    document.querySelectorAll('main section').forEach(function (section) { watch.observe(section); });
  }
})();
