/* Reading aids: larger letters, kept on this phone, and the print buttons.
   ES5, so that old phone browsers can read it. Pages work without it; the buttons
   are hidden until it runs. It stands in the head so that letters do not jump. */
(function () {
  "use strict";
  var root = document.documentElement;

  function chosen() {
    try {
      return window.localStorage.getItem("big-text") === "1";
    } catch (refused) {
      return false;
    }
  }

  function keep(big) {
    try {
      window.localStorage.setItem("big-text", big ? "1" : "0");
    } catch (refused) {
      /* Private browsing: larger for this page only. */
    }
  }

  function enlarge(big) {
    var others = root.className.replace(/(^|\s)big(?=\s|$)/g, "");
    root.className = big ? others + " big" : others;
  }

  function wireBigText(button) {
    button.hidden = false;
    button.setAttribute("aria-pressed", chosen() ? "true" : "false");
    button.onclick = function () {
      var big = button.getAttribute("aria-pressed") !== "true";
      enlarge(big);
      keep(big);
      button.setAttribute("aria-pressed", big ? "true" : "false");
    };
  }

  function wirePrint(button) {
    button.hidden = false;
    button.onclick = function () {
      window.print();
    };
  }

  enlarge(chosen());
  document.addEventListener("DOMContentLoaded", function () {
    var big = document.getElementById("big-text");
    var prints = document.querySelectorAll("button[data-print]");
    var i;
    if (big) {
      wireBigText(big);
    }
    for (i = 0; i < prints.length; i += 1) {
      wirePrint(prints[i]);
    }
  });
}());
