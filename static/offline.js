/* Says so when the network goes while an officer is filling in a page. */
(function () {
  "use strict";

  function tell() {
    var notice = document.getElementById("offline");
    if (notice) {
      notice.hidden = navigator.onLine !== false;
    }
  }

  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
  document.addEventListener("DOMContentLoaded", tell);
}());
