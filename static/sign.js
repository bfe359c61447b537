/* A name drawn with a finger: the strokes are written into the form as
   "x,y x,y;x,y ...", in whole numbers of the box. ES5; without it the page says so. */
(function () {
  "use strict";
  var APART = 5; /* points nearer than that to the last one are left out */
  var LONGEST = 11000;

  function wire(pad) {
    var into = document.getElementById(pad.getAttribute("data-into"));
    var pen = pad.getContext("2d");
    var strokes = [];
    var down = false;

    function place(event) {
      var box = pad.getBoundingClientRect();
      var at = event.touches && event.touches.length ? event.touches[0] : event;
      var x = Math.round((at.clientX - box.left) * pad.width / box.width);
      var y = Math.round((at.clientY - box.top) * pad.height / box.height);
      return [
        Math.max(0, Math.min(pad.width, x)),
        Math.max(0, Math.min(pad.height, y))
      ];
    }

    function written() {
      return strokes.map(function (stroke) {
        return stroke.map(function (point) { return point.join(","); }).join(" ");
      }).join(";");
    }

    function begin(event) {
      event.preventDefault();
      down = true;
      strokes.push([place(event)]);
      into.value = written();
    }

    function go(event) {
      var stroke = strokes[strokes.length - 1];
      var last, point;
      if (!down) {
        return;
      }
      event.preventDefault();
      last = stroke[stroke.length - 1];
      point = place(event);
      if (Math.abs(point[0] - last[0]) + Math.abs(point[1] - last[1]) < APART) {
        return;
      }
      if (into.value.length > LONGEST) {
        return;
      }
      stroke.push(point);
      pen.beginPath();
      pen.moveTo(last[0], last[1]);
      pen.lineTo(point[0], point[1]);
      pen.stroke();
      into.value = written();
    }

    function end() {
      down = false;
    }

    function clear() {
      strokes = [];
      into.value = "";
      pen.clearRect(0, 0, pad.width, pad.height);
    }

    pen.lineWidth = 6;
    pen.lineCap = "round";
    pad.hidden = false;
    document.getElementById("signing").hidden = false;
    pad.addEventListener("mousedown", begin);
    pad.addEventListener("mousemove", go);
    pad.addEventListener("touchstart", begin);
    pad.addEventListener("touchmove", go);
    document.addEventListener("mouseup", end);
    document.addEventListener("touchend", end);
    document.getElementById("again").onclick = clear;
    into.value = "";
  }

  document.addEventListener("DOMContentLoaded", function () {
    var pad = document.getElementById("pad");
    if (pad && pad.getContext) {
      wire(pad);
    }
  });
}());
